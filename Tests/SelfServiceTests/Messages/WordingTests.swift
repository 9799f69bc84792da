import Foundation
import LatchkeyTesting
import SelfService
import Testing

@Suite("Messages in words")
struct WordingTests {
    private func message(_ content: MessageContent, code: String? = nil) -> OutgoingMessage {
        OutgoingMessage(channel: .email, to: "a@x.org", content: content, code: code)
    }

    private static let all = MessageTopic.allCases.flatMap { topic in
        topic.forms.filter { $0 != .subject }.map { (topic, $0) }
    }

    @Test("English has words for everything there is to say, with the code where one is sent", arguments: all)
    func english(topic: MessageTopic, form: MessageForm) {
        var content = MessageContent(topic, form, minutes: 10, method: .officePhone)
        if [.resetLink, .notMe].contains(topic) { content.link = "https://x.org/#token=abc" }
        if [.nothingToReset, .passwordKept].contains(topic) { content.text = "Go elsewhere." }
        let worded = message(content, code: "471182")
        #expect(worded.body.count > 10)
        let carriesCode = topic == .resetLink || topic.isCode && (form == .mail || form == .text)
        #expect(worded.body.contains("471182") == carriesCode)
        #expect(content.link.map(worded.body.contains) ?? true)
        #expect(content.text.map(worded.body.contains) ?? true)
        #expect((worded.subject?.isEmpty == false) == (form == .mail && topic != .notMe))
        #expect(worded.subject?.contains("471182") != true)
        #expect(!worded.body.contains("{") && !worded.body.contains("}"))
        if !topic.isCode, [.methodAdded, .methodRemoved, .valueChanged, .methodEntered].contains(topic) {
            #expect(worded.body.contains("office phone"))
        }
    }

    @Test("what a value holds is not looked at again")
    func injection() throws {
        let template = try Template("{code} in {minutes}", topic: .resetCode, form: .text)
        let wording = Wording(language: "xx", texts: [.resetCode: [.text: template]], methods: [:])
        let worded = message(MessageContent(.resetCode, .text, minutes: 5), code: "{minutes}{code}")
            .worded(by: wording)
        #expect(worded.body == "{minutes}{code} in 5")
        #expect(worded.language == "xx")
    }

    @Test(
        "a template that cannot work is refused with what to do",
        arguments: [
            ("", .resetCode, .text, "must have 1 to 400 characters, has 0"),
            (String(repeating: "a", count: 401), .resetCode, .press, "must have 1 to 400 characters, has 401"),
            ("Hello", .resetCode, .text, "needs {code}, or nobody would get it"),
            ("{code}", .resetCode, .subject, "cannot have {code}; here none can stand"),
            ("Press {code}", .unlockCode, .call, "cannot have {code}; here none can stand"),
            ("{code} {method}", .resetCode, .mail, "cannot have {method}; here {code}, {minutes} can stand"),
            ("{name}", .methodAdded, .text, "cannot have {name}; here {method} can stand"),
            ("{code", .resetCode, .text, "has a brace without its other half"),
            ("code}", .resetCode, .text, "has a brace without its other half"),
            ("{code}\nagain", .resetCode, .text, "must be one line"),
            ("{code}\u{7}", .resetCode, .mail, "has a control character"),
        ] as [(String, MessageTopic, MessageForm, String)]
    )
    func faults(text: String, topic: MessageTopic, form: MessageForm, fault: String) {
        let error = #expect(throws: TemplateFault.self) { try Template(text, topic: topic, form: form) }
        #expect(error?.text == fault)
    }

    @Test(
        "the best range that there is wins, by RFC 4647's lookup",
        arguments: [
            (nil, "de"), ("", "de"), ("fr", "fr"), ("FR-ca", "fr"), ("pt-BR", "pt-BR"), ("pt-br-x-what", "pt-BR"),
            ("pt", "de"), ("ja, fr;q=0.5", "fr"), ("en;q=0.2, fr;q=0.8", "fr"), ("en;q=0", "de"), ("en, fr", "en"),
            ("zh-Hant-TW", "zh"), ("*", "de"), ("../../etc/passwd", "de"), ("fr;q=nonsense, en", "en"),
            (String(repeating: "x-", count: 5000) + ",fr", "de"), ("de-CH", "de"),
        ] as [(String?, String)]
    )
    func lookup(preference: String?, language: String) {
        let book = Phrasebook(
            ["de", "fr", "pt-BR", "zh"].map { Wording(language: $0, texts: [:], methods: [:]) },
            locale: "de-AT"
        )
        #expect(book.wording(for: preference).language == language)
    }

    @Test("without templates everybody reads English, whatever the locale")
    func noTemplates() {
        #expect(Phrasebook(locale: "fi").wording(for: "sv") == .english)
    }

    @Test("the directory's language counts, then the browser's; a message without content stays as it is")
    func composer() async {
        let book = Phrasebook(["de", "fr"].map { Wording(language: $0, texts: [:], methods: [:]) })
        var hinted = message(MessageContent(.resetCode, .text), code: "1")
        hinted.language = "fr"
        let plain = OutgoingMessage(channel: .text, to: "+1", body: "as it was")
        func compose(_ message: OutgoingMessage, _ language: String?) async -> OutgoingMessage {
            await MessageComposer(book) { id in id == VaultScene.person(1) ? language : nil }.compose(
                QueuedMessage(
                    id: 1,
                    reference: "r",
                    subject: VaultScene.person(1),
                    message: message,
                    deadline: .distantFuture,
                    attempts: 0
                )
            )
        }
        #expect(await compose(hinted, "de").language == "de")
        #expect(await compose(hinted, nil).language == "fr")
        #expect(await compose(plain, "de") == plain)
    }
}
