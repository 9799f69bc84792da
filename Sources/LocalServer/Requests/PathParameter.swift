import Hummingbird
import LocalAPI

extension SocketContext {
    /// What stands in the place of `{name}`, decoded.
    func path(_ name: String) throws(MalformedRequest) -> String {
        guard let raw = parameters.get(name), let value = PercentEncoding.decode(raw[...]), !value.isEmpty,
            !value.utf8.contains(0)
        else {
            throw MalformedRequest("The \(name) in the path is not percent-encoded UTF-8.", field: name)
        }
        return value
    }
}
