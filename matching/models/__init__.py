from matching.models.delivery import (
    IS_LATE,
    LATE_AFTER,
    DeliveredOpportunity,
    Delivery,
    DeliveryQuerySet,
    DigestRun,
)
from matching.models.follow import Follow, FollowQuerySet
from matching.models.former import FormerRecipient, FormerSubscription
from matching.models.look import LastLook
from matching.models.loss_count import LossCount
from matching.models.match import Match, ScoredRevision, TermStatistics
from matching.models.outcome import Outcome, OutcomeQuerySet
from matching.models.partner import PartnerRequest
from matching.models.profile import (
    CapabilityProfile,
    CapabilityProfileQuerySet,
    CompletedProject,
    YearlyTurnover,
)
from matching.models.project_follow import DeliveredProject, ProjectFollow, ProjectFollowQuerySet
from matching.models.recipient import Recipient
from matching.models.saved_search import SavedSearch, SavedSearchQuerySet
from matching.models.sending import MailHold, MailHoldQuerySet, MailPause, MailPauseQuerySet
from matching.models.sign_up import Consent, SignUp, SignUpQuerySet, Withdrawal
from matching.models.subscription import Mute, Subscription, SubscriptionQuerySet
from matching.models.suppression import MailReport, Suppression, SuppressionQuerySet
from matching.models.together import (
    LONGEST_MESSAGE,
    LONGEST_NOTE,
    Note,
    NoteQuerySet,
    Share,
    ShareQuerySet,
)
from matching.models.vectors import OpportunityVector, ProfileReach, ProfileVector
from matching.models.verdict import Verdict, VerdictQuerySet
from matching.models.vocabulary import ConceptRevision
from matching.models.webhook import (
    LONGEST_ADDRESS,
    WebhookDelivery,
    WebhookDeliveryQuerySet,
    WebhookEndpoint,
    WebhookEndpointQuerySet,
    WebhookSecret,
    WebhookSecretQuerySet,
)

__all__ = [
    "IS_LATE",
    "LATE_AFTER",
    "LONGEST_ADDRESS",
    "LONGEST_MESSAGE",
    "LONGEST_NOTE",
    "CapabilityProfile",
    "CapabilityProfileQuerySet",
    "CompletedProject",
    "ConceptRevision",
    "Consent",
    "DeliveredOpportunity",
    "DeliveredProject",
    "Delivery",
    "DeliveryQuerySet",
    "DigestRun",
    "Follow",
    "FollowQuerySet",
    "FormerRecipient",
    "FormerSubscription",
    "LastLook",
    "LossCount",
    "MailHold",
    "MailHoldQuerySet",
    "MailPause",
    "MailPauseQuerySet",
    "MailReport",
    "Match",
    "Mute",
    "Note",
    "NoteQuerySet",
    "OpportunityVector",
    "Outcome",
    "OutcomeQuerySet",
    "PartnerRequest",
    "ProfileReach",
    "ProfileVector",
    "ProjectFollow",
    "ProjectFollowQuerySet",
    "Recipient",
    "SavedSearch",
    "SavedSearchQuerySet",
    "ScoredRevision",
    "Share",
    "ShareQuerySet",
    "SignUp",
    "SignUpQuerySet",
    "Subscription",
    "SubscriptionQuerySet",
    "Suppression",
    "SuppressionQuerySet",
    "TermStatistics",
    "Verdict",
    "VerdictQuerySet",
    "WebhookDelivery",
    "WebhookDeliveryQuerySet",
    "WebhookEndpoint",
    "WebhookEndpointQuerySet",
    "WebhookSecret",
    "WebhookSecretQuerySet",
    "Withdrawal",
    "YearlyTurnover",
]
