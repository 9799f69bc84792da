import SelfService

/// Who may use the front-end socket.
struct FrontendAdvice {
    let root: Fields

    func run(_ frontends: [Settings.Frontend]) {
        guard let place = root["frontends"], !place.isEmptyList else {
            root.owner.warn("there is no front end: nobody can register, reset or unlock; name one in frontends")
            return
        }
        for frontend in frontends where frontend.may.contains("disclose") {
            place.warn(
                "\(Quotation.of(frontend.name)) is told who exists, is registered or is locked",
                .disclosure,
                do: "take disclose away unless only people who are signed in elsewhere reach it"
            )
        }
    }
}
