import Delivery
import Foundation
import LatchkeyTesting
import SelfService
import Testing

@Suite struct ChannelTransportsTests {
    @Test("each channel goes to its own transport, and one that has none is refused by name")
    func choice() async throws {
        let scratch = try ScratchDirectory()
        let transports = ChannelTransports([
            .email: SpoolTransport(directory: scratch.path("mail")),
            .text: SpoolTransport(directory: scratch.path("text")),
        ])
        try await transports.deliver(OutgoingMessage(channel: .text, to: "+1", body: "x"))
        #expect(scratch.text("text/000001.json")?.contains(#""kind":"text""#) == true)
        #expect(scratch.text("mail/000001.json") == nil)
        let error = await #expect(throws: TransportError.self) {
            try await transports.deliver(OutgoingMessage(channel: .voice, to: "+1", body: "x"))
        }
        #expect(error?.isTemporary == false)
        #expect(error?.detail.contains("voice") == true)
    }
}
