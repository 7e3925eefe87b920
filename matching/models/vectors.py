"""What texts mean, and how far the first stage has to look."""

from __future__ import annotations

from django.db import models

from matching.models.profile import CapabilityProfile


class ProfileReach(models.Model):
    """From which first-stage score on an opportunity is among a profile's best, by one kind of index."""

    profile = models.OneToOneField(CapabilityProfile, models.CASCADE, related_name="reach")
    label = models.CharField(max_length=100)
    least = models.FloatField()

    def __str__(self) -> str:
        return f"{self.profile}: {self.least:.3f}"


class OpportunityVector(models.Model):
    """What an opportunity's text means to one version of the encoder."""

    opportunity = models.ForeignKey("opportunities.Opportunity", models.CASCADE, related_name="vectors")
    encoder_version = models.CharField(max_length=60)
    # Of the text that was read: another one is read again.
    digest = models.CharField(max_length=32)
    vector = models.BinaryField()  # floats of 16 bits, not centred
    encoded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opportunity", "encoder_version"], name="opportunity_vector_once_per_encoder"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opportunity}: {self.encoder_version}"


class ProfileVector(models.Model):
    """What one statement of a profile means to one version of the encoder."""

    profile = models.ForeignKey(CapabilityProfile, models.CASCADE, related_name="vectors")
    encoder_version = models.CharField(max_length=60)
    digest = models.CharField(max_length=32)  # of the statement
    vector = models.BinaryField()  # floats of 16 bits, not centred
    encoded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "encoder_version", "digest"], name="profile_vector_once_per_statement"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.profile}: {self.encoder_version}"
