/// One page of a listing.
package struct ListDocument<Item: Codable & Sendable>: Codable, Sendable {
    package var items: [Item]
    /// The cursor of the next page; `null` on the last one.
    package var next: String?
    package var freshness: FreshnessDocument

    package init(items: [Item], next: String?, freshness: FreshnessDocument) {
        self.items = items
        self.next = next
        self.freshness = freshness
    }

    private enum CodingKeys: String, CodingKey { case items, next, freshness }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(items, forKey: .items)
        // Not `encodeIfPresent`: clients look for the null that ends a listing.
        try container.encode(next, forKey: .next)
        try container.encode(freshness, forKey: .freshness)
    }
}
