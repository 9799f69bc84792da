import Audit
import Identity

// MARK: Values of many people

extension Helpdesk {
    package func importMethods(
        _ request: ImportRequest,
        by administrator: Administrator
    ) async throws(ServiceError) -> ImportReport {
        let reason = try AdminReason(request.reason)
        let file = try ImportFile(request.csv)
        let admission = admission(administrator, .import)
        try admission.requireCapability()
        var judge = ImportJudge(environment: environment, admission: admission, reason: reason)
        var lines: [ImportReport.Line] = []
        var entries: [MethodEntry] = []
        var places: [Int] = []
        for line in file.lines {
            var reported = ImportReport.Line(number: line.number, login: line.login, kind: line.kind, result: .added)
            switch try await judge.judge(line) {
            case .entry(let entry):
                places.append(lines.count)
                entries.append(entry)
            case .wrong(let result, let detail):
                reported.result = result
                reported.detail = detail
            }
            lines.append(reported)
        }
        var report = ImportReport(lines: lines, isDryRun: request.isDryRun, isApplied: false)
        let results = try await carryOut(entries, request, hasErrors: report.hasErrors, administrator)
        for (place, result) in zip(places, results) { report.lines[place].note(result) }
        report.isApplied = !request.isDryRun && (request.isPartial || !report.hasErrors)
        try await note(.methodsImported, nil, administrator, Self.details(report, reason))
        environment.wakeCourier()
        return report
    }

    /// Does what is to be done, or finds out what it would be.
    private func carryOut(
        _ entries: [MethodEntry],
        _ request: ImportRequest,
        hasErrors: Bool,
        _ administrator: Administrator
    ) async throws(ServiceError) -> [MethodEntryResult] {
        guard !entries.isEmpty else { return [] }
        guard !request.isDryRun, request.isPartial || !hasErrors else { return try await foreseen(entries) }
        return try await environment.vault {
            try await $0.enterMethods(
                entries,
                limit: RegistrationService.methodLimit,
                isPartial: request.isPartial,
                by: administrator.actor
            )
        }
    }

    private func foreseen(_ entries: [MethodEntry]) async throws(ServiceError) -> [MethodEntryResult] {
        var results: [MethodEntryResult] = []
        for entry in entries {
            let stored = try await environment.vault { try await $0.registration(of: entry.person) }
            results.append(entry.mayCompare && entry.isPresent(in: stored.methods) ? .present : .added)
        }
        return results
    }

    private static func details(_ report: ImportReport, _ reason: AdminReason) -> [String: String] {
        [
            "why": reason.text, "lines": "\(report.lines.count)", "added": "\(report.count(.added))",
            "applied": "\(report.isApplied)", "dryRun": "\(report.isDryRun)",
        ]
    }
}

extension ImportReport.Line {
    fileprivate mutating func note(_ entered: MethodEntryResult) {
        switch entered {
        case .added: result = .added
        case .present: result = .present
        case .full:
            result = .full
            detail = Helpdesk.full.detail
        }
    }
}

extension MethodEntry {
    /// Whether the same value stands there already, proven if this one is to be.
    package func isPresent(in methods: [RegisteredMethod]) -> Bool {
        methods.contains {
            $0.kind == draft.kind && $0.value == draft.value && ($0.state == .verified || draft.state != .verified)
        }
    }
}
