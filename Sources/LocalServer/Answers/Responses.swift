import Foundation
import HTTPTypes
import Hummingbird
import LocalAPI
import NIOCore

extension Response {
    /// Nothing that this API says may be kept by anything in between.
    private static let never = "no-store"

    static func json(
        _ document: some Encodable,
        status: HTTPResponse.Status = .ok,
        headers: HTTPFields = [:]
    ) throws -> Response {
        json(encoded: try APIJSON.encode(document), status: status, headers: headers)
    }

    static func json(
        encoded bytes: Data,
        status: HTTPResponse.Status = .ok,
        headers: HTTPFields = [:]
    ) -> Response {
        var headers = headers
        headers[.contentType] = "application/json"
        headers[.cacheControl] = never
        let body = ByteBuffer(bytes: bytes)
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: body))
    }

    static func text(_ text: String, contentType: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: contentType, .cacheControl: never],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }

    static func nothing(_ status: HTTPResponse.Status = .noContent) -> Response {
        Response(status: status, headers: [.cacheControl: never])
    }
}

extension Refusal {
    func response() -> Response {
        var headers = headers
        headers[.contentType] = Problem.contentType
        headers[.cacheControl] = "no-store"
        // A problem is strings and numbers: encoding it cannot fail.
        let body = (try? APIJSON.encode(problem)).map { ByteBuffer(bytes: $0) } ?? ByteBuffer()
        return Response(
            status: HTTPResponse.Status(code: problem.status),
            headers: headers,
            body: ResponseBody(byteBuffer: body)
        )
    }
}
