import Audit
import Identity
import LocalAPI
import Synchronizer
import Testing

@testable import SelfService

/// The words and bounds of the OpenAPI document are those of the types that own them.
@Suite("The OpenAPI documents' words")
struct VocabularyTests {
    private static func words<Word: CaseIterable & RawRepresentable>(_ type: Word.Type) -> Set<String>
    where Word.RawValue == String { Set(type.allCases.map(\.rawValue)) }

    @Test("are the services' own")
    func services() {
        #expect(Set(Vocabulary.methodKinds) == Self.words(MethodKind.self))
        #expect(Set(Vocabulary.via) == Self.words(Via.self))
        #expect(Set(Vocabulary.methodStates) == Self.words(RegisteredMethod.State.self))
        #expect(Set(Vocabulary.methodSources) == Self.words(RegisteredMethod.Source.self))
        #expect(Set(Vocabulary.registrationStates) == Self.words(RegistrationView.State.self))
        #expect(Set(Vocabulary.challengeStates) == Self.words(Challenge.State.self))
        #expect(Set(Vocabulary.purposes) == Self.words(ResetPurpose.self))
        #expect(Set(Vocabulary.decisions) == Self.words(ApprovalDecision.self))
        #expect(Set(Vocabulary.outcomes) == Self.words(WriteOutcome.Result.self))
        #expect(Set(Vocabulary.refusals) == Self.words(RefusalReason.self))
        #expect(Set(Vocabulary.ruleSources) == Self.words(PasswordRuleResult.Source.self))
        #expect(Set(Vocabulary.enrolments) == Self.words(EnrolmentRule.self))
        #expect(Set(Vocabulary.doubts) == Self.words(RoleDoubt.Reason.self))
        #expect(Set(Vocabulary.countedLimits) == Self.words(CountedLimit.What.self))
        #expect(Set(Vocabulary.approvalStates) == Self.words(Approval.State.self))
        #expect(Set(Vocabulary.importResults) == Self.words(ImportReport.Result.self))
        #expect(Set(Vocabulary.reportStates) == Self.words(ReportQuery.State.self))
        #expect(Set(Vocabulary.policyChanges) == Self.words(PolicyChange.self))
    }

    @Test("are the mirror's and the audit's own")
    func mirror() {
        #expect(Set(Vocabulary.syncStates) == Self.words(SyncStatus.State.self))
        #expect(Set(Vocabulary.syncPhases) == Self.words(SyncRun.Phase.self))
        #expect(Set(Vocabulary.machineStates) == Self.words(SyncTransition.State.self))
        #expect(Set(Vocabulary.machineCauses) == Self.words(SyncTransition.Cause.self))
        #expect(Set(Vocabulary.changeActions) == Self.words(LoggedChange.Action.self))
        #expect(Set(Vocabulary.verdicts) == Self.words(Finding.Verdict.self))
        #expect(Set(Vocabulary.heldKinds) == Self.words(HeldRemoval.Kind.self))
        #expect(Set(Vocabulary.heldReasons) == Self.words(RemovalGuard.Reason.self))
        #expect(Set(Vocabulary.auditResults) == Self.words(AuditResult.self))
    }

    @Test("and bounds are those that are enforced")
    func limits() {
        #expect(APILimits.reason == AdminReason.limit)
        #expect(APILimits.label == RegistrationService.labelLimit)
        #expect(APILimits.email == EmailAddress.byteLimit)
        #expect(APILimits.login == ResetService.loginLimit)
        #expect(APILimits.password == Password.byteLimit)
        #expect(APILimits.digits == CallAnswer.limit)
        #expect(APILimits.passLifetime == 60...Int(AccessPass.lifetimeLimit))
    }

    @Test("and the members that go with a kind of method are its own")
    func members() {
        for row in NamedSchema.methodMembers {
            for kind in row.kinds.compactMap(MethodKind.init(rawValue:)) {
                #expect(kind.type.members == Set(row.required + row.optional))
            }
        }
        #expect(Set(NamedSchema.methodMembers.flatMap(\.kinds)) == Self.words(MethodKind.self))
    }
}
