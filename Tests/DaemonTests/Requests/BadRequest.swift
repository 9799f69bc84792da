import Foundation
import LocalAPI

/// A request that must be refused.
struct BadRequest {
    var name: String
    var method = "POST"
    var path = Routes.Frontend.signIns
    var token: String?
    var headers: [(String, String)] = []
    var body: Data?
    var status: Int

    init(
        _ status: Int,
        _ name: String,
        _ method: String = "POST",
        _ path: String = Routes.Frontend.signIns,
        token: String? = nil,
        headers: [(String, String)] = [],
        _ body: String? = nil
    ) {
        self.name = name
        self.method = method
        self.path = path
        self.token = token
        self.headers = headers
        self.body = body.map { Data($0.utf8) }
        self.status = status
    }

    init(_ status: Int, _ name: String, bytes: Data) {
        self.name = name
        body = bytes
        self.status = status
    }

    /// What is wrong whoever sends it.
    static var ofAnybody: [BadRequest] {
        let resets = Routes.Frontend.resets
        let long = String(repeating: "x", count: 4000)
        return [
            BadRequest(400, "not JSON", "POST", Routes.Frontend.signIns, "login=alice"),
            BadRequest(400, "half a document", "POST", Routes.Frontend.signIns, #"{"login":"alice","#),
            BadRequest(400, "a list", "POST", Routes.Frontend.signIns, #"["alice"]"#),
            BadRequest(400, "a number for a text", "POST", Routes.Frontend.signIns, #"{"login":1,"password":"p"}"#),
            BadRequest(400, "null", "POST", Routes.Frontend.signIns, #"{"login":null,"password":"p"}"#),
            BadRequest(400, "nothing", "POST", Routes.Frontend.signIns),
            BadRequest(
                400,
                "an unknown field",
                "POST",
                Routes.Frontend.signIns,
                #"{"login":"a","password":"p","x":1}"#
            ),
            BadRequest(
                400,
                "invalid UTF-8",
                bytes: Data(#"{"login":""#.utf8) + [0xC3, 0x28] + Data(#"","password":"p"}"#.utf8)
            ),
            BadRequest(413, "100 MB", bytes: Data(repeating: UInt8(ascii: "x"), count: 100 << 20)),
            BadRequest(415, "a form", headers: [("content-type", "application/x-www-form-urlencoded")], "login=alice"),
            BadRequest(404, "an unknown path", "GET", "/v1/nothing"),
            BadRequest(404, "the admin API", "GET", "/v1/admin/users"),
            BadRequest(405, "a wrong method", "DELETE", Routes.Frontend.signIns),
            BadRequest(
                401,
                "a filter as login",
                "POST",
                Routes.Frontend.signIns,
                #"{"login":"*)(uid=*","password":"p"}"#
            ),
            BadRequest(401, "everybody as login", "POST", Routes.Frontend.signIns, #"{"login":"*","password":"p"}"#),
            BadRequest(
                401,
                "NUL in a login",
                "POST",
                Routes.Frontend.signIns,
                #"{"login":"ali\u0000ce","password":"p"}"#
            ),
            BadRequest(401, "an empty password", "POST", Routes.Frontend.signIns, #"{"login":"alice","password":""}"#),
            BadRequest(
                401,
                "a very long login",
                "POST",
                Routes.Frontend.signIns,
                #"{"login":"\#(long)","password":"p"}"#
            ),
            BadRequest(
                401,
                "a very long password",
                "POST",
                Routes.Frontend.signIns,
                #"{"login":"carol","password":"\#(long)"}"#
            ),
            BadRequest(422, "an unknown purpose", "POST", resets, #"{"login":"alice","purpose":"delete"}"#),
            BadRequest(400, "no purpose", "POST", resets, #"{"login":"alice"}"#),
            BadRequest(422, "an empty login", "POST", resets, #"{"login":" ","purpose":"reset"}"#),
            BadRequest(422, "a very long login", "POST", resets, #"{"login":"\#(long)","purpose":"reset"}"#),
        ]
    }

    /// What needs a token and has none, or one that was never issued.
    static var withoutToken: [BadRequest] {
        let needs = [
            ("GET", Routes.Frontend.registration), ("POST", Routes.Frontend.methods), ("GET", Routes.Frontend.reset),
            ("PUT", Routes.Frontend.password), ("POST", Routes.Frontend.unlock),
            ("POST", Routes.Frontend.passwordChecks), ("POST", Routes.Frontend.resetChallenges),
        ]
        let bodies = [
            Routes.Frontend.methods: #"{"kind":"email","address":"a@mail.example"}"#,
            Routes.Frontend.password: #"{"password":"a new and longer one"}"#,
            Routes.Frontend.passwordChecks: #"{"password":"a new and longer one"}"#,
            Routes.Frontend.resetChallenges: #"{"methodId":"m"}"#,
        ]
        return needs.flatMap { method, path in
            [
                BadRequest(401, "no token: \(path)", method, path, bodies[path]),
                BadRequest(401, "a made-up token: \(path)", method, path, token: "made-up", bodies[path]),
            ]
        }
    }
}
