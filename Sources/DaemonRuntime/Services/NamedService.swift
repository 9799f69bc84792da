import ServiceLifecycle

/// A service that describes itself by its type's name. The service group makes a text of each service that it is given:
/// by reflection that walks through everything a service holds, and takes a tenth of a start.
struct NamedService: Service, CustomStringConvertible {
    private let service: any Service

    init(_ service: any Service) { self.service = service }

    var description: String { "\(type(of: service))" }

    func run() async throws { try await service.run() }
}
