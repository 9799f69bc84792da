/// `POST /v1/admin/policy-simulations`. Nothing is kept: the next page is asked for with the same text.
package struct PolicySimulationRequest: RequestDocument {
    package enum CodingKeys: String, CodingKey, CaseIterable { case configuration, limit, cursor }

    /// A whole configuration, or its `policies` alone.
    package var configuration: String
    /// People to look at, 1…1000; 100 if left out.
    package var limit: Int?
    /// The `next` of the page before.
    package var cursor: String?

    package init(configuration: String, limit: Int? = nil, cursor: String? = nil) {
        self.configuration = configuration
        self.limit = limit
        self.cursor = cursor
    }
}
