import Crypto
import Foundation
import Identity

@testable import SelfService

extension HeldMethod {
    /// A new one, made by the kind's own rules.
    /// - Parameter number: makes its value another one.
    static func made(
        _ kind: MethodKind,
        for person: EntryID,
        number: Int,
        hashing: any SecretHashing
    ) async throws -> HeldMethod {
        if kind == .securityQuestions { return try await questions(number, hashing) }
        let tools = EnrolmentTools(person: person, login: "p\(number)", issuer: "Test", hashing: hashing)
        let key = P256.Signing.PrivateKey()
        let enrolment = try await kind.type.enrol(try request(kind, person, number, key), with: tools)
        var method = HeldMethod(kind: kind, value: enrolment.value, secret: enrolment.secret)
        method.isVerified = enrolment.isProven
        method.codes = enrolment.shown?.codes ?? []
        if kind == .appNotification { method.deviceKey = key.rawRepresentation }
        return method
    }

    private static func request(
        _ kind: MethodKind,
        _ person: EntryID,
        _ number: Int,
        _ key: P256.Signing.PrivateKey
    ) throws -> MethodRequest {
        var request = MethodRequest(kind: kind)
        switch kind {
        case .email: request.address = "p\(number)@mail.example"
        case .mobilePhone, .alternatePhone: request.number = "+1202555\(1000 + number % 9000)"
        case .officePhone:
            request.number = "+12025550100"
            request.numberExtension = "\(number)"
        case .appNotification:
            let publicKey = key.publicKey.derRepresentation.base64EncodedString()
            let text = SignedText.device(person: person, publicKey: publicKey, pushToken: "device-\(number)")
            request.publicKey = publicKey
            request.pushToken = "device-\(number)"
            request.proof = try key.signature(for: Data(text.utf8)).derRepresentation.base64EncodedString()
        default: break
        }
        return request
    }

    private static func questions(_ number: Int, _ hashing: any SecretHashing) async throws -> HeldMethod {
        let bank = ["pet", "street", "dish"]
        let rule = QuestionRule(register: 3, answer: 2, bank: bank.map { .init(id: $0, text: "Your first \($0)?") })
        var method = HeldMethod(kind: .securityQuestions)
        for id in bank { method.answers[id] = AnswerText.canonical("\(id) \(number)") }
        let given = bank.map { QuestionAnswer(questionID: $0, answer: "\($0) \(number)") }
        method.secret = .answers(try await AnswerEnrolment(rule: rule, hashing: hashing).secrets(of: given))
        method.isVerified = true
        return method
    }
}
