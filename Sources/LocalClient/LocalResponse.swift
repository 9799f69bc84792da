package import Foundation

/// An answer of the daemon, whole.
package struct LocalResponse: Sendable {
    package var status: Int
    /// With names in lower case. Of repeated fields the last one.
    package var headers: [String: String]
    package var body: Data

    package init(status: Int, headers: [String: String], body: Data) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
