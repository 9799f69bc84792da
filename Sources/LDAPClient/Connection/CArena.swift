import CLDAP
import Glibc

/// Memory in C's layout for the time of one call into libldap. Wiped before it is freed: it holds passwords.
@safe
struct CArena: ~Copyable {
    private var blocks: [UnsafeMutableRawBufferPointer] = unsafe []

    deinit {
        unsafe blocks.forEach { block in
            guard let start = block.baseAddress else { return }
            unsafe explicit_bzero(start, block.count)
            unsafe free(start)
        }
    }

    /// Zeroed memory, aligned as malloc(3) promises. A process without memory ends here.
    private mutating func allocate<Value>(_: Value.Type, count: Int) -> UnsafeMutablePointer<Value> {
        let size = max(count, 1) * MemoryLayout<Value>.stride
        guard let memory = unsafe calloc(1, size) else { preconditionFailure("out of memory") }
        unsafe blocks.append(UnsafeMutableRawBufferPointer(start: memory, count: size))
        return unsafe memory.bindMemory(to: Value.self, capacity: max(count, 1))
    }

    /// The bytes with a NUL behind them.
    mutating func string(_ bytes: some Collection<UInt8>) -> UnsafeMutablePointer<CChar> {
        let memory = unsafe allocate(CChar.self, count: bytes.count + 1)
        for (index, byte) in bytes.enumerated() { unsafe memory[index] = CChar(bitPattern: byte) }
        return unsafe memory
    }

    mutating func value(_ bytes: [UInt8]) -> UnsafeMutablePointer<berval> {
        let memory = unsafe allocate(berval.self, count: 1)
        unsafe memory.pointee = unsafe berval(bv_len: ber_len_t(bytes.count), bv_val: string(bytes))
        return unsafe memory
    }

    /// A NULL-terminated array of pointers.
    mutating func array<Value>(
        _ pointers: [UnsafeMutablePointer<Value>]
    ) -> UnsafeMutablePointer<UnsafeMutablePointer<Value>?> {
        let memory = unsafe allocate(UnsafeMutablePointer<Value>?.self, count: pointers.count + 1)
        for index in unsafe pointers.indices { unsafe memory[index] = unsafe pointers[index] }
        return unsafe memory
    }

    mutating func strings(_ texts: [String]) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> {
        var pointers: [UnsafeMutablePointer<CChar>] = unsafe []
        for text in texts { unsafe pointers.append(string(text.utf8)) }
        return unsafe array(pointers)
    }

    mutating func controls(
        _ controls: [RequestControl]
    ) -> UnsafeMutablePointer<UnsafeMutablePointer<LDAPControl>?> {
        var pointers: [UnsafeMutablePointer<LDAPControl>] = unsafe []
        for control in controls {
            let memory = unsafe allocate(LDAPControl.self, count: 1)
            unsafe memory.pointee.ldctl_oid = string(control.oid.utf8)
            unsafe memory.pointee.ldctl_iscritical = control.isCritical ? 1 : 0
            if let bytes = control.value { unsafe memory.pointee.ldctl_value = value(bytes).pointee }
            unsafe pointers.append(memory)
        }
        return unsafe array(pointers)
    }

    mutating func modifications(
        _ modifications: [Modification]
    ) -> UnsafeMutablePointer<UnsafeMutablePointer<LDAPMod>?> {
        var pointers: [UnsafeMutablePointer<LDAPMod>] = unsafe []
        for modification in modifications {
            let memory = unsafe allocate(LDAPMod.self, count: 1)
            unsafe memory.pointee.mod_op = modification.kind.rawValue | LDAP_MOD_BVALUES
            unsafe memory.pointee.mod_type = string(modification.attribute.text.utf8)
            var values: [UnsafeMutablePointer<berval>] = unsafe []
            for bytes in modification.values { unsafe values.append(value(bytes)) }
            // ldap_modify_ext(3): NULL where there are no values.
            if !modification.values.isEmpty { unsafe memory.pointee.mod_vals.modv_bvals = array(values) }
            unsafe pointers.append(memory)
        }
        return unsafe array(pointers)
    }
}
