import Foundation

/// The text of a slapd.conf.
struct SlapdConfiguration {
    let options: SlapdOptions
    let directory: URL
    let administrator: String
    let administratorPassword: String
    let service: String

    var text: String {
        [global, database, access, overlays].joined(separator: "\n")
    }

    private func path(_ name: String) -> String { directory.appendingPathComponent(name).path }

    private var global: String {
        let external = options.externalIsAdministrator ? administrator : service
        return """
            include /etc/ldap/schema/core.schema
            include /etc/ldap/schema/cosine.schema
            include /etc/ldap/schema/inetorgperson.schema
            include /etc/ldap/schema/nis.schema
            modulepath /usr/lib/ldap
            moduleload back_mdb
            \(options.hasContentSync ? "moduleload syncprov" : "")
            \(options.knowsPasswordPolicy ? "moduleload ppolicy" : "")
            moduleload memberof
            moduleload refint
            pidfile \(path("run/slapd.pid"))
            argsfile \(path("run/slapd.args"))
            TLSCACertificateFile \(path("tls/ca.crt"))
            TLSCertificateFile \(path("tls/server.crt"))
            TLSCertificateKeyFile \(path("tls/server.key"))
            authz-regexp "gidNumber=\(getgid())\\\\+uidNumber=\(getuid()),cn=peercred,cn=external,cn=auth" "\(external)"
            sizelimit unlimited
            password-hash {SSHA}
            \(options.globalLines)

            database config
            rootdn "\(administrator)"
            """
    }

    private var database: String {
        let limit = options.sizeLimit.map { "size.soft=\($0) size.hard=\($0)" } ?? "size=unlimited"
        return """

            database mdb
            suffix "\(options.suffix)"
            rootdn "\(administrator)"
            rootpw \(administratorPassword)
            directory \(path("db"))
            maxsize 1073741824
            dbnosync
            index objectClass eq
            index entryUUID,entryCSN eq
            index uid,mail,cn,member eq
            limits dn.exact="\(service)" \(limit) time=unlimited
            \(options.databaseLines)
            """
    }

    /// The least that Latchkey needs: write passwords without reading them, see and clear locks, read the rest.
    private var access: String {
        """
        access to attrs=userPassword
          by dn.exact="\(service)" \(options.grantsWriting ? "=w" : "none")
          by self =xw
          by anonymous auth
          by * none
        \(options.knowsPasswordPolicy ? policyAccess : "")
        access to dn.subtree="\(options.suffix)"
          by dn.exact="\(service)" read
          by self read
          by users search
          by * \(options.keepsServicePassword ? "auth" : "none")
        """
    }

    private var policyAccess: String {
        """
        access to attrs=pwdAccountLockedTime
          by dn.exact="\(service)" \(options.grantsWriting ? "=zrs" : "=rs")
          by * none
        access to attrs=pwdReset
          by dn.exact="\(service)" write
          by * none
        access to attrs=pwdHistory
          by * none
        """
    }

    private var overlays: String {
        var lines = options.hasContentSync ? ["overlay syncprov", "syncprov-checkpoint 100 1"] : []
        if let size = options.sessionLog, options.hasContentSync { lines.append("syncprov-sessionlog \(size)") }
        if options.hasMemberOf { lines += ["overlay memberof", "memberof-refint FALSE"] }
        if options.hasReferentialIntegrity { lines += ["overlay refint", "refint_attributes member memberOf"] }
        guard options.hasPasswordPolicy, options.knowsPasswordPolicy else {
            return lines.joined(separator: "\n") + "\n"
        }
        lines += [
            "overlay ppolicy", "ppolicy_default \"cn=default,ou=policies,\(options.suffix)\"", "ppolicy_use_lockout",
        ]
        if options.hashesClearText { lines.append("ppolicy_hash_cleartext") }
        return lines.joined(separator: "\n") + "\n"
    }
}
