"""Who can sign in to the made-up world. Nobody here exists."""

from __future__ import annotations

from dataclasses import dataclass

from portal.accounts.models import User
from portal.accounts.registering import StatedCompany

# Opens nothing but the made-up world, which shows it on its log-in page.
PASSWORD = "en-bro-till-indien"  # noqa: S105
OFFICE = "Coordination office"
OBSERVERS = "Team Sweden"


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    email: str
    place: str  # the company's name, the office or who observes
    language: str
    role: User.Role = User.Role.MEMBER

    @property
    def password(self) -> str:
        return PASSWORD


PEOPLE: tuple[Person, ...] = (
    Person("Olga Öberg", "olga@office.example", OFFICE, "sv", User.Role.OFFICE),
    Person("Oskar Ohlsson", "oskar@teamsweden.example", OBSERVERS, "sv", User.Role.OBSERVER),
    Person("Astrid Lund", "astrid@nordvatten.example", "Nordvatten Sensorik AB", "sv"),
    Person("Erik Holm", "erik@nordvatten.example", "Nordvatten Sensorik AB", "en"),
    Person("Maja Ek", "maja@ljusvakt.example", "Ljusvakt Stadsbelysning AB", "sv"),
    Person("Nils Brandt", "nils@kretsa.example", "Kretsa Bioenergy AB", "en"),
    Person("Sara Wik", "sara@stadspuls.example", "Stadspuls Mobility AB", "en"),
    Person("Johan Dahl", "johan@stadspuls.example", "Stadspuls Mobility AB", "sv"),
    Person("Inga Lahti", "inga@luftspar.example", "Luftspår Miljömätning AB", "sv"),
    Person("Omar Sand", "omar@tryggvy.example", "Tryggvy Bildanalys AB", "en"),
    Person("Klara Vik", "klara@molnbro.example", "Molnbro Stadsdata AB", "en"),
    Person("Gustav Hed", "gustav@elvagen.example", "Elvågen Nät och Lager AB", "sv"),
    Person("Tove Strand", "tove@skyfallsvakt.example", "Skyfallsvakt AB", "sv"),
    Person("Per Alm", "per@hallplats.example", "Hållplats Trafikdata AB", "en"),
    Person("Britt Ros", "britt@rumsklok.example", "Rumsklok Byggautomation AB", "sv"),
    Person("Viktor Blad", "viktor@parkrot.example", "Parkrot Stadsgrönska AB", "sv"),
)

# Registered, and waiting for the office. Numbers that begin with 4 are given to nobody.
NEWCOMER = Person("Linnea Sjö", "linnea@fjallstyr.example", "Fjällstyr Automation AB", "sv")
NEWCOMERS_COMPANY = StatedCompany(
    NEWCOMER.place,
    "4020000016",
    "Vi bygger styrskåp och programmerar PLC för pumpstationer och reningsverk. Kunderna är kommuner i "
    "Norrland, och vi har jour dygnet runt. Vi vill veta om våra styrsystem passar i indiska städer.",
)
