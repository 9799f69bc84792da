/// Waits for a random time: for campaigns that interrupt something at any moment. Which moment it was is not
/// asserted; what must hold at each of them is.
package func randomMoment(upTo limit: Duration, using random: inout SeededGenerator) async throws {
    try await Task.sleep(for: limit * Double.random(in: 0..<1, using: &random))
}
