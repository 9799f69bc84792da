extension AdminServices {
    /// Nobody acts on themselves: the helpdesk's own locks are opened by somebody else.
    func refuseOneself(login: String, peer: PeerCredentials) async throws {
        guard let own = await administrators.name(of: peer) else { return }
        // Directories compare logins without case and outer spaces: so must this.
        let meant = login.lowercased().split(separator: " ").joined(separator: " ")
        if own.lowercased() == meant {
            throw Refusal.notPermitted("Nobody acts on their own account. Ask another administrator.")
        }
    }
}
