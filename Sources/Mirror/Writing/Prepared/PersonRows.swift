import Foundation
import Identity
import Synchronizer

/// People as the table holds them: all their texts in one piece of memory.
///
/// They are made on one thread and written on another. As strings they would be freed there one by one, which takes both
/// threads to the same lock of the heap some fifteen times for each person, and SQLite would copy each once more.
struct PersonRows: Sendable {
    /// What is not text.
    struct Head: Sendable {
        let id: EntryID
        let name: NameDigest
        /// Seconds since 1970, as the next.
        let since: Double?
        let lockEnds: Double?
        let starts: Double?
        let ends: Double?
    }

    private var heads: [Head] = []
    private var bytes: [UInt8] = []
    /// Where the texts lie in the bytes, ``PersonText`` after ``PersonText``, row after row; nil for what is null.
    private var ranges: [Range<Int>?] = []

    var isEmpty: Bool { heads.isEmpty }
    var count: Int { heads.count }

    mutating func append(_ user: FedUser) {
        let (login, email) = (MatchKey(user.login), MatchKey(user.email))
        add(user.dn)
        add(user.login)
        for text in [user.displayName, user.email, user.officePhone, user.mobilePhone, user.language] { add(text) }
        add(user.account.state.rawValue)
        add(user.account.lock.rawValue)
        add(login.text)
        add(email?.text)
        addWords(of: [login, MatchKey(user.displayName), email])
        add(user.dnKey.text == user.dn ? nil : user.dnKey.text)
        let times = user.account.times
        heads.append(
            Head(
                id: user.id,
                name: NameDigest(user.dnKey),
                since: user.account.since?.timeIntervalSince1970,
                lockEnds: times.lockEnds?.timeIntervalSince1970,
                starts: times.starts?.timeIntervalSince1970,
                ends: times.ends?.timeIntervalSince1970
            )
        )
    }

    private mutating func add(_ text: String?) {
        guard let text else { return ranges.append(nil) }
        let start = bytes.count
        bytes.append(contentsOf: text.utf8)
        ranges.append(start..<bytes.count)
    }

    private mutating func addWords(of values: [MatchKey?]) {
        let start = bytes.count
        for value in values { SearchWords.append(value, to: &bytes) }
        ranges.append(start..<bytes.count)
    }

    /// One after the other. What the body is given may not be kept.
    func forEach(_ body: (PersonRow) throws -> Void) rethrows {
        let count = PersonText.allCases.count
        try unsafe bytes.withUnsafeBytes { bytes in
            for (number, head) in heads.enumerated() {
                let texts = ranges[number * count..<(number + 1) * count]
                try unsafe body(PersonRow(head: head, bytes: bytes, ranges: texts))
            }
        }
    }
}

/// One of ``PersonRows``. Ends with the call that gave it.
@safe struct PersonRow {
    let head: PersonRows.Head
    private let bytes: UnsafeRawBufferPointer
    private let ranges: ArraySlice<Range<Int>?>

    @unsafe init(head: PersonRows.Head, bytes: UnsafeRawBufferPointer, ranges: ArraySlice<Range<Int>?>) {
        self.head = head
        unsafe self.bytes = unsafe bytes
        self.ranges = ranges
    }

    subscript(text: PersonText) -> String? {
        range(text).map { unsafe String(decoding: UnsafeRawBufferPointer(rebasing: bytes[$0]), as: UTF8.self) }
    }

    /// The name as the directory wrote it.
    var dn: String { self[.dn] ?? "" }

    var dnKey: DNKey { DNKey(canonical: self[.dnKey] ?? dn) }

    /// Binds it where it lies: until the statement has run, or is cleared.
    func bind(_ text: PersonText, to statement: RowStatement) {
        let place = unsafe range(text).map { unsafe UnsafeRawBufferPointer(rebasing: bytes[$0]) }
        unsafe statement.bindInPlace(place, at: text.parameter)
    }

    private func range(_ text: PersonText) -> Range<Int>? { ranges[ranges.startIndex + text.rawValue] }
}
