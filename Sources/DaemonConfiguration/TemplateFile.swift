import SelfService
import Yams

/// The words of one language: a mapping from topic to form to text, and `methods` with the names of the kinds.
struct TemplateFile {
    private static let methodsKey = "methods"
    private static let nameLengthMax = 60

    let language: String
    private let outer: Findings
    private let findings: Findings

    /// - Parameter findings: those of the configuration, which get what is found here under this file's name.
    init(name: String, language: String, findings: Findings) {
        self.language = language
        outer = findings
        self.findings = Findings(file: name)
    }

    /// nil after faults. What is missing is said in English, after a warning.
    func read(_ text: String) -> Wording? {
        defer { outer.take(findings) }
        let document = Document(text, findings: findings)
        guard let node = document.root else { return nil }
        let root = Value(node: node, path: "", document: document, findings: findings)
        guard let fields = root.fields(MessageTopic.allCases.map(\.rawValue) + [Self.methodsKey]) else { return nil }
        var texts: [MessageTopic: [MessageForm: Template]] = [:]
        for topic in MessageTopic.allCases { texts[topic] = templates(of: topic, fields) }
        let methods = methods(fields)
        return findings.sortedFaults.isEmpty ? Wording(language: language, texts: texts, methods: methods) : nil
    }

    private func templates(of topic: MessageTopic, _ root: Fields) -> [MessageForm: Template]? {
        guard let value = root[topic.rawValue] else {
            root.owner.warn("has no \(topic.rawValue): it is said in English")
            return nil
        }
        guard let fields = value.fields(topic.forms.map(\.rawValue)) else { return nil }
        var templates: [MessageForm: Template] = [:]
        for form in topic.forms {
            guard let text = fields[form.rawValue] else {
                value.warn("has no \(form.rawValue): it is said in English")
                continue
            }
            templates[form] = template(text, topic, form)
        }
        return templates
    }

    private func template(_ value: Value, _ topic: MessageTopic, _ form: MessageForm) -> Template? {
        guard let text = value.node.scalar?.string else { return value.wrong("expected a text") }
        do throws(TemplateFault) {
            // A block of YAML ends in a line break that nobody meant.
            return try Template(text.hasSuffix("\n") ? String(text.dropLast()) : text, topic: topic, form: form)
        } catch {
            return value.wrong(error.text)
        }
    }

    private func methods(_ root: Fields) -> [MethodKind: String] {
        guard let fields = root[Self.methodsKey]?.fields(MethodKind.allCases.map(\.rawValue)) else { return [:] }
        var names: [MethodKind: String] = [:]
        for kind in MethodKind.allCases {
            guard let value = fields[kind.rawValue], let name = value.text() else { continue }
            if name.count > Self.nameLengthMax { value.fault("has more than \(Self.nameLengthMax) characters") }
            names[kind] = name
        }
        return names
    }
}
