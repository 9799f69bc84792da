import SelfService
import Testing

@Suite("Answers at even times")
struct EvenTimeTests {
    private let even = EvenTime(step: .milliseconds(25))

    @Test("whatever it took within a step, the answer comes at its end (ASVS 5.0, 6.3.8)")
    func moments() {
        for elapsed in [0, 1, 3, 4, 24] {
            #expect(even.moment(after: .milliseconds(elapsed)) == .milliseconds(25))
        }
        #expect(even.moment(after: .milliseconds(25)) == .milliseconds(50))
        #expect(even.moment(after: .milliseconds(1001)) == .milliseconds(1025))
    }

    @Test("no step: at once")
    func none() { #expect(EvenTime(step: .zero).moment(after: .milliseconds(3)) == .milliseconds(3)) }
}
