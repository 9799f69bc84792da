import LocalAPI

/// The counts of all pages of a simulation.
struct SimulationSum {
    private var examined = 0
    private var counts: [String: Int] = [:]

    mutating func add(_ page: PolicySimulationDocument) {
        examined += page.examined
        counts.merge(page.counts, uniquingKeysWith: +)
    }

    var text: String {
        func count(_ code: String) -> Int { counts[code] ?? 0 }
        return """
            Of \(examined) people:
              \(count("loses-reset")) could no longer reset, \(count("gains-reset")) newly could
              \(count("loses-unlock")) could no longer unlock, \(count("gains-unlock")) newly could
              \(count("becomes-incomplete")) would have to register more, \(count("becomes-complete")) no longer
              \(count("changes-policy")) would be under another policy
            Nothing was changed.
            """
    }
}
