import LocalAPI

extension Sample {
    static func requests() throws -> [Sample] {
        let answers = [AnswerRequest.Answer(questionId: "pet", answer: "Dinah")]
        let denial = AppApprovalRequest(challengeId: "c1", decision: "deny", signature: "MEUCIQ==")
        return try [
            Sample("SignInRequest", SignInRequest(login: "alice", password: "x")),
            Sample("SignInRequest", SignInRequest(login: "alice", accessPass: "x")),
            Sample("ChangeMethodRequest", ChangeMethodRequest(label: "mine", isDefault: true)),
            Sample("ChangeMethodRequest", ChangeMethodRequest()),
            Sample("SetAnswersRequest", SetAnswersRequest(answers: answers)),
            Sample("OpenChallengeRequest", OpenChallengeRequest(via: "text")),
            Sample("OpenChallengeRequest", OpenChallengeRequest()),
            Sample("OpenResetChallengeRequest", OpenResetChallengeRequest(methodId: "m1", via: "call")),
            Sample("OpenResetChallengeRequest", OpenResetChallengeRequest(methodId: "m1")),
            Sample("AnswerRequest", AnswerRequest(code: "123456")),
            Sample("AnswerRequest", AnswerRequest(answers: answers)),
            Sample("StartResetRequest", StartResetRequest(login: "alice", purpose: "reset")),
            Sample("StartResetRequest", StartResetRequest(linkToken: "t")),
            Sample("PasswordRequest", PasswordRequest(password: "a new and longer one")),
            Sample("ResetLinkRequest", ResetLinkRequest(email: "alice@example.org")),
            Sample("RepudiationRequest", RepudiationRequest(token: "t")),
            Sample("AppApprovalRequest", denial),
            Sample(
                "AppApprovalRequest",
                AppApprovalRequest(challengeId: "c1", decision: "approve", number: "42", signature: "MEUCIQ==")
            ),
            Sample("CallAnswerRequest", CallAnswerRequest(callId: "c1", digits: "42")),
            Sample("Empty", EmptyRequest()),
        ] + methodRequests()
    }

    private static func methodRequests() throws -> [Sample] {
        var phone = AddMethodRequest(kind: "office-phone", number: "+12025550142", label: "desk")
        phone.extension = "12"
        var device = AddMethodRequest(kind: "app-notification")
        (device.publicKey, device.pushToken, device.proof) = ("MFkw", "token", "MEUCIQ==")
        return try [
            Sample("AddMethodRequest", AddMethodRequest(kind: "email", address: "alice@example.org")),
            Sample("AddMethodRequest", AddMethodRequest(kind: "authenticator")),
            Sample("AddMethodRequest", phone), Sample("AddMethodRequest", device),
        ]
    }

    static func adminRequests() throws -> [Sample] {
        let value = EnterMethodRequest(kind: "email", value: "a@example.org", reason: "list")
        var phone = EnterMethodRequest(kind: "office-phone", value: "+12025550100", reason: "list")
        (phone.numberExtension, phone.label) = ("12", "desk")
        let simulation = PolicySimulationRequest(configuration: "policies: []", limit: 10, cursor: "x")
        return try [
            Sample("ReasonRequest", ReasonRequest(reason: "asked")),
            Sample("ReasonRequest", UnlockRequest(reason: "asked")),
            Sample("ReasonRequest", RefuseRequest(reason: "asked")),
            Sample("ReasonRequest", PersonalDataRequest(reason: "asked")),
            Sample("SyncRequest", SyncRequest(full: true, dryRun: false)), Sample("SyncRequest", SyncRequest()),
            Sample("ReleaseRequest", ReleaseRequest(removals: 12, reason: "moved")),
            Sample("EnterMethodRequest", value), Sample("EnterMethodRequest", phone),
            Sample("RemoveMethodsRequest", RemoveMethodsRequest(id: "m1", all: false, reason: "lost")),
            Sample("RemoveMethodsRequest", RemoveMethodsRequest(reason: "lost")),
            Sample("IssuePassRequest", IssuePassRequest(lifetime: 3600, reason: "new")),
            Sample("IssuePassRequest", IssuePassRequest(reason: "new")),
            Sample(
                "ImportMethodsRequest",
                ImportMethodsRequest(csv: "login,kind,value\n", dryRun: true, partial: true, reason: "list")
            ),
            Sample("ImportMethodsRequest", ImportMethodsRequest(csv: "", reason: "list")),
            Sample(
                "RequireConfirmationsRequest",
                RequireConfirmationsRequest(role: "staff", cursor: "x", reason: "y")
            ),
            Sample("RequireConfirmationsRequest", RequireConfirmationsRequest(role: "staff", reason: "yearly")),
            Sample("PolicySimulationRequest", simulation),
            Sample("PolicySimulationRequest", PolicySimulationRequest(configuration: "")),
            Sample("BackupRequest", BackupRequest(directory: "/backups")),
            Sample("AuditVerificationRequest", AuditVerificationRequest(anchor: "1:00")),
            Sample("AuditVerificationRequest", AuditVerificationRequest()),
        ]
    }
}
