/// The words of all messages in one language.
package struct Wording: Sendable, Equatable {
    /// A language tag (RFC 5646).
    package let language: String
    private let texts: [MessageTopic: [MessageForm: Template]]
    private let methods: [MethodKind: String]

    /// What is missing is said in English: a template file that was written for an older version goes on working.
    package init(language: String, texts: [MessageTopic: [MessageForm: Template]], methods: [MethodKind: String]) {
        self.language = language
        self.texts = Self.english.texts.merging(texts) { english, own in english.merging(own) { $1 } }
        self.methods = Self.english.methods.merging(methods) { $1 }
    }

    /// Of everything that there is to say.
    init(complete texts: [MessageTopic: [MessageForm: Template]], _ methods: [MethodKind: String], language: String) {
        self.language = language
        self.texts = texts
        self.methods = methods
    }

    func words(_ content: MessageContent, _ form: MessageForm, code: String?) -> String {
        var values: [Placeholder: String] = [:]
        values[.code] = code
        values[.minutes] = content.minutes.map(String.init)
        values[.method] = content.method.flatMap { methods[$0] }
        values[.link] = content.link
        values[.lifetime] = content.lifetime.map(Self.span)
        values[.text] = content.text
        return texts[content.topic]?[form]?.filled(values) ?? ""
    }

    /// As it reads in every language.
    private static func span(_ seconds: Double) -> String {
        let minutes = Int(seconds / 60)
        return minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes) min"
    }
}

/// Words with places for values, checked when it is made.
package struct Template: Sendable, Equatable {
    private enum Part: Sendable, Equatable {
        case words(String)
        case value(Placeholder)
    }

    private let parts: [Part]

    /// - Throws: a sentence that says what is wrong with the text for that topic and form.
    package init(_ text: String, topic: MessageTopic, form: MessageForm) throws(TemplateFault) {
        guard !text.isEmpty, text.count <= form.lengthMax else {
            throw TemplateFault("must have 1 to \(form.lengthMax) characters, has \(text.count)")
        }
        if form.isOneLine, text.contains(where: \.isNewline) { throw TemplateFault("must be one line") }
        let forbidden = text.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" }
        if forbidden { throw TemplateFault("has a control character") }
        parts = try Self.parts(of: text, allowed: Placeholder.allowed(topic, form))
        for value in Placeholder.needed(topic, form) where !parts.contains(.value(value)) {
            throw TemplateFault("needs {\(value.rawValue)}, or nobody would get it")
        }
    }

    private static func parts(of text: String, allowed: Set<Placeholder>) throws(TemplateFault) -> [Part] {
        var parts: [Part] = []
        var rest = text[...]
        while let open = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            guard rest[open] == "{", let close = rest[open...].firstIndex(of: "}") else {
                throw TemplateFault("has a brace without its other half")
            }
            let name = rest[rest.index(after: open)..<close]
            guard let value = Placeholder(rawValue: String(name)), allowed.contains(value) else {
                let names = allowed.map { "{\($0.rawValue)}" }.sorted().joined(separator: ", ")
                throw TemplateFault(
                    "cannot have {\(name.prefix(20))}; here \(names.isEmpty ? "none" : names) can stand"
                )
            }
            parts += [.words(String(rest[..<open])), .value(value)]
            rest = rest[rest.index(after: close)...]
        }
        return parts + [.words(String(rest))]
    }

    /// In one pass: what a value holds is never looked at again.
    func filled(_ values: [Placeholder: String]) -> String {
        parts.map { part in
            switch part {
            case .words(let words): words
            case .value(let placeholder): values[placeholder] ?? ""
            }
        }.joined()
    }
}

/// What is wrong with a template: a predicate without its subject.
package struct TemplateFault: Error, Sendable, Equatable {
    package let text: String

    init(_ text: String) { self.text = text }
}
