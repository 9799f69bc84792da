package import Foundation

/// Since when a person's addresses and numbers stand in the directory as they do now, as far as the mirror saw them
/// change; nil for those that it has never known otherwise.
package struct ContactTimes: Sendable, Equatable {
    package var email: Date?
    package var officePhone: Date?
    package var mobilePhone: Date?

    package init(email: Date? = nil, officePhone: Date? = nil, mobilePhone: Date? = nil) {
        self.email = email
        self.officePhone = officePhone
        self.mobilePhone = mobilePhone
    }
}
