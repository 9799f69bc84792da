package import Synchronizer

/// Looks at each directory: the mirrored one, and those that are linked to it.
package struct DirectoryExaminers: Examination {
    private let all: [DirectoryExaminer]

    package init(_ directories: [DirectorySettings]) {
        all = directories.map { DirectoryExaminer(settings: $0) }
    }

    package func examine() async -> [Finding] {
        var findings: [Finding] = []
        for examiner in all { findings += await examiner.examine() }
        return findings
    }
}
