import Foundation

/// The text of a private Samba's smb.conf.
struct SambaConfiguration {
    let directory: URL
    let address: String
    var takesClearText = false

    var file: URL { directory.appendingPathComponent("etc/smb.conf") }

    private func path(_ name: String) -> String { directory.appendingPathComponent(name).path }

    /// What provisioning starts from.
    var provisioning: String {
        """
        [global]
            interfaces = \(address)/8
            bind interfaces only = yes
            lock directory = \(path("."))
            pid directory = \(path("run"))
            ncalrpc dir = \(path("ncalrpc"))
            log file = \(path("log/log"))
            ntp signd socket directory = \(path("ntp"))
            winbindd socket directory = \(path("winbindd"))
            max log size = 0
            printing = bsd
            load printers = no
            disable spoolss = yes

        """
    }

    /// What runs: the LDAP service and no other.
    var running: String {
        provisioning + """
                netbios name = DC1
                realm = \(SambaFixture.realm.uppercased())
                workgroup = ADEX
                server role = active directory domain controller
                server services = ldap
                private dir = \(path("private"))
                state directory = \(path("state"))
                cache directory = \(path("cache"))
                binddns dir = \(path("bind-dns"))
                ldap server require strong auth = \(takesClearText ? "no" : "allow_sasl_over_tls")
                tls certfile = \(path("tls/server.crt"))
                tls keyfile = \(path("tls/server.key"))
                tls cafile = \(path("tls/ca.crt"))

            """
    }
}
