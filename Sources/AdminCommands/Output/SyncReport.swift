import LocalAPI

/// What a sync did, or would do.
enum SyncReport {
    static func text(_ summary: SyncRunDocument.Summary) -> String {
        if summary.added + summary.changed + summary.removed == 0 { return "Nothing had changed." }
        return "\(summary.added) added, \(summary.changed) changed, \(summary.removed) removed; "
            + "the mirror is at generation \(summary.generation)."
    }

    static func text(_ difference: SyncRunDocument.Difference) -> String {
        var lines = [
            "A full sync would add \(difference.added), change \(difference.changed) "
                + "and remove \(difference.removed). Nothing was changed."
        ]
        lines += difference.sampleAdded.map { "+ " + VisibleText.of($0) }
        lines += difference.sampleChanged.map { "~ " + VisibleText.of($0) }
        lines += difference.sampleRemoved.map { "- " + VisibleText.of($0) }
        return lines.joined(separator: "\n")
    }
}
