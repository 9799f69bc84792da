/// A cursor that no listing gave, or one of another listing.
package struct UnknownCursor: Error, Sendable, Equatable {
    package init() {}
}
