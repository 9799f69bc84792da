import Foundation
import SelfService

/// `templates:`: a folder with a file for each language, such as `de.yaml` or `pt-BR.yaml`.
enum TemplatesSection {
    /// In bytes, each file.
    private static let sizeMax = 128 * 1024
    private static let filesMax = 100

    static func read(_ value: Value) -> [Wording]? {
        guard let folder = value.absolutePath() else { return nil }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
                .filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }.sorted()
        } catch {
            return value.wrong(
                "\(folder) cannot be read: \((error as NSError).localizedFailureReason ?? "no such folder")"
            )
        }
        guard !names.isEmpty, names.count <= filesMax else {
            return value.wrong("\(folder) must hold 1 to \(filesMax) files such as de.yaml, holds \(names.count)")
        }
        return names.compactMap { wording(named: $0, in: folder, value) }
    }

    private static func wording(named name: String, in folder: String, _ value: Value) -> Wording? {
        let tag = String(name.dropLast(".yaml".count))
        guard LanguageTag.isSimple(tag) else {
            return value.wrong("\(name): a template file has the name of its language, such as de.yaml or pt-BR.yaml")
        }
        do throws(SecretError) {
            let bytes = try BoundedFile.read("\(folder)/\(name)", maximum: sizeMax)
            guard let text = String(validating: bytes, as: UTF8.self) else {
                return value.wrong("\(name) is not UTF-8")
            }
            return TemplateFile(name: name, language: tag, findings: value.findings).read(text)
        } catch {
            return value.wrong(error.reason)
        }
    }
}
