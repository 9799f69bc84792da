import Identity
import SelfService
import Testing

@Suite("A written password that is looked at again")
struct WriteWatchTests {
    private func finding(_ now: String?, written: String = "20260301120000Z", before: String? = "20260101000000Z")
        -> WriteWatch.Finding
    {
        WriteWatch(
            intentID: 1,
            person: EntryID(folding: [1]),
            before: AccountMarker(passwordChangedAt: before, version: nil),
            after: AccountMarker(passwordChangedAt: written, version: nil)
        ).finding(AccountMarker(passwordChangedAt: now, version: "9"))
    }

    @Test("the same date stands, a later one replaces it, and the former or any earlier one undoes it")
    func findings() {
        #expect(finding("20260301120000Z") == .stands)
        #expect(finding("20260301120001Z") == .replaced)
        #expect(finding("20260101000000Z") == .reverted)
        #expect(finding("20251231235959Z") == .reverted)
        #expect(finding(nil) == .reverted)
        #expect(finding(nil, before: nil) == .reverted)
        // Active Directory's: 100 ns since 1601.
        #expect(finding("134000000000000001", written: "134000000000000000") == .replaced)
        #expect(finding("133999999999999999", written: "134000000000000000") == .reverted)
        #expect(finding("0", written: "134000000000000000") == .replaced)
    }

    @Test("only what the directory dates can be seen")
    func visible() {
        let dated = AccountMarker(passwordChangedAt: "20260301120000Z", version: "2")
        let undated = AccountMarker(passwordChangedAt: nil, version: "2")
        #expect(WriteWatch.canSee(undated, dated))
        #expect(!WriteWatch.canSee(undated, undated))
        #expect(!WriteWatch.canSee(dated, dated))
        #expect(!WriteWatch.canSee(dated, nil))
    }
}
