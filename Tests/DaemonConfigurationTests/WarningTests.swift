import DaemonConfiguration
import Testing

@Suite("What is unwise in a configuration")
struct WarningTests {
    @Test("the least that is accepted is told what it lacks")
    func least() {
        #expect(
            Sample.warnings(Sample.least) == [
                "latchkey.yaml:1:1: no list of refused passwords (NIST SP 800-63B-4 3.1.1.2, ASVS 6.2.4): "
                    + "name one in passwordRules.blocklist",
                "latchkey.yaml:1:1: passwords of fewer than 15 characters (NIST SP 800-63B-4 3.1.1.2, ASVS 6.2.1): "
                    + "set passwordRules.minimumLength: 15",
                "latchkey.yaml:1:1: there is no front end: nobody can register, reset or unlock; name one in frontends",
                "latchkey.yaml:3:13: policies[0]: a registration with one address is complete "
                    + "(NIST SP 800-63B-4 4.2.1.2): who loses it has no way back, and nobody else to be told; "
                    + "set register.minimum: 2",
                "latchkey.yaml:3:13: policies[0]: one gate and email: a mailbox alone resets the password "
                    + "(NIST SP 800-63B-4 4.2.2, ASVS 6.4.3): ask for 2 gates or drop email",
            ]
        )
    }

    @Test("a policy behind one for everybody is never reached")
    func unreachable() {
        let policy = "methods: [email], register: { minimum: 1 }, reset: { gates: 1 }"
        let text = "policies: [ { name: all, \(policy) }, { name: staff, roles: [staff], \(policy) } ]"
        #expect(
            Sample.warnings(Sample.changing(3, to: text)).contains {
                $0.contains("policies[1]: is never reached: 'all' above matches everybody; move it up")
            }
        )
    }

    @Test("a last policy that is not for everybody is told")
    func nobody() {
        let text =
            "policies: [ { name: s, roles: [s], methods: [email], register: { minimum: 1 }, reset: { gates: 1 } } ]"
        #expect(
            Sample.warnings(Sample.changing(3, to: text)).contains {
                $0.contains("policies[0]: no policy is for everybody")
            }
        )
    }

    @Test("a group of administrators that does not exist matches nobody, and is told")
    func group() {
        let text = Sample.changing(to: "administrators: [ { group: ghosts, may: [all] } ]")
        #expect(
            Sample.warnings(text).contains(
                "latchkey.yaml:8:28: administrators[0].group: there is no group 'ghosts' on this host; "
                    + "this entry matches nobody"
            )
        )
        #expect(Sample.faults(text) == [])
    }
}
