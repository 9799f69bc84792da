import Synchronizer
import Testing

@testable import Mirror

@Suite("The sentence of removals that are held")
struct HoldSentenceTests {
    @Test(
        "names the place below which all of them stand",
        arguments: [
            (["uid=a,ou=x,dc=z"], "ou=x,dc=z"),
            (["uid=a,ou=x,dc=z", "uid=b,ou=x,dc=z"], "ou=x,dc=z"),
            (["uid=a1,ou=x,dc=z", "uid=b1,ou=wx,dc=z"], "dc=z"),
            (["uid=a,ou=x,dc=z", "uid=b,ou=y,ou=x,dc=z"], "ou=x,dc=z"),
            ([#"cn=a\, b,ou=x,dc=z"#, #"cn=c\\,ou=x,dc=z"#], "ou=x,dc=z"),
            (["uid=a,dc=y", "uid=b,dc=z"], nil), (["uid=a"], nil), ([], nil),
        ] as [([String], String?)]
    )
    func place(_ names: [String], _ place: String?) {
        #expect(HoldSentence.place(names) == place)
    }

    @Test("says how many of how many, what went within the hour included")
    func numbers() {
        let load = RemovalGuard.Load(living: 60, held: 0, recent: 40)
        #expect(
            HoldSentence(.count, .users, 11, of: load, names: ["uid=a,ou=x", "uid=b,ou=y"]).text
                == "51 of 100 users would go within an hour, more than sync.holdRemovals allows"
        )
    }
}
