import DaemonConfiguration
import Synchronizer
import Vault

/// The vault's key: that it opens the vault, and that a copy of it is elsewhere.
struct KeyExamination {
    let settings: Settings
    let environment: [String: String]

    private var path: String { "\(settings.state)/vault.sqlite" }

    func findings() -> [Finding] {
        let keys: [VaultKey]
        do {
            keys = try Stores.vaultKeys(settings, environment: environment)
        } catch {
            return [Finding(.vaultKey, "vault.key", .failure, "\(error)", remedy: "See \(Check.secrets.rawValue).")]
        }
        return [trial(keys), escrow(keys)]
    }

    private func trial(_ keys: [VaultKey]) -> Finding {
        do {
            let text =
                try VaultKeyTrial(path: path, keys: keys).run()
                ? "the configured key opens the vault" : "there is no vault yet; the first start makes it"
            return Finding(.vaultKey, path, .fine, text)
        } catch let error as VaultError {
            return Finding(.vaultKey, path, .failure, error.detail)
        } catch {
            return Finding(.vaultKey, path, .failure, "\(error)")
        }
    }

    /// The id names the key without telling it. It is not shown here: whoever reads the copy back learns it.
    private func escrow(_ keys: [VaultKey]) -> Finding {
        let confirmed = settings.vaultEscrow
        if let confirmed, confirmed == keys.first?.id {
            return Finding(.vaultEscrow, "vault.key", .fine, "a copy of it was read back (vault.escrow)")
        }
        let text =
            confirmed == nil
            ? "nobody has confirmed that there is a copy of it: if it is lost, every registration is"
            : "vault.escrow is the id of another key: the copy that was confirmed does not open this vault"
        return Finding(
            .vaultEscrow,
            "vault.key",
            .warning,
            text,
            remedy:
                "Copy the key to where this host's end does not reach, read it back there, and write the id that this "
                + "says into the configuration.",
            pastes: [
                Finding.Paste("where the copy is", "latchkeyd --key-id /PATH/OF/THE/COPY"),
                Finding.Paste("the configuration", "vault: { key: …, escrow: \"ID\" }"),
            ]
        )
    }
}
