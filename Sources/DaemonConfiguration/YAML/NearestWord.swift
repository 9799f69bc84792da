/// Finds the word that somebody probably meant.
enum NearestWord {
    /// More wrong letters than this, or than a third of the word, are no slip of the fingers.
    private static let distanceMax = 3

    static func to(_ word: String, among known: [String]) -> String? {
        let typed = Array(word.lowercased().unicodeScalars.prefix(64))
        let limit = max(1, min(distanceMax, typed.count / 3))
        return known.map { (word: $0, distance: distance(typed, Array($0.lowercased().unicodeScalars))) }
            .filter { $0.distance <= limit }
            .min { ($0.distance, $0.word) < ($1.distance, $1.word) }?
            .word
    }

    /// `; did you mean 'attributes'?`, or which words there are.
    static func hint(for word: String, among known: [String]) -> String {
        if let nearest = to(word, among: known) { return "; did you mean '\(nearest)'?" }
        return "; known here: \(known.joined(separator: ", "))"
    }

    /// Levenshtein's distance, one row at a time.
    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var row = Array(0...right.count)
        for (index, letter) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for (column, other) in right.enumerated() {
                let above = row[column + 1]
                row[column + 1] = min(above + 1, row[column] + 1, diagonal + (letter == other ? 0 : 1))
                diagonal = above
            }
        }
        return row[right.count]
    }
}
