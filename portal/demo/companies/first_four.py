"""Four members who came first: water, street lighting, waste, and traffic."""

from __future__ import annotations

from decimal import Decimal

from matching.bidding.records import Presence, Signature
from portal.demo.companies.records import DemoCompany, DemoProfile, DemoProject

FIRST_FOUR = (
    DemoCompany(
        "Nordvatten Sensorik AB",
        "4020000024",
        joined=420,
        county="17",
        profile=DemoProfile(
            name="Vatten och avlopp",
            language="sv",
            summary=(
                "Vi utvecklar och tillverkar sensorer för dricksvatten och avloppsvatten och bygger "
                "driftövervakning (SCADA) för vattenverk, pumpstationer och ledningsnät. Våra kunder är "
                "kommunala vattenbolag i Norden som vill minska läckage, hålla vattenkvaliteten och styra "
                "pumpar energisnålt. Vi levererar genom lokala partner och tar själva ansvar för mätteknik, "
                "driftsättning och utbildning."
            ),
            capabilities=(
                "Sensorer för vattenkvalitet: klor, turbiditet, pH och löst syre",
                "SCADA och fjärrövervakning av vattenverk, reservoarer och pumpstationer",
                "Smarta vattenmätare med LoRaWAN och NB-IoT",
                "Läcksökning med akustiska loggrar och analys av nattflöde",
                "Flödesmätare och tryckgivare för mätzoner",
                "Styrning av luftning i avloppsreningsverk",
                "Nivåmätning i dagvattensystem och pumpstationer",
            ),
            domains=("water-supply", "wastewater"),
            references=(
                "Driftövervakning av 28 pumpstationer och två vattenverk åt en västsvensk kommun, 2021–2024",
                "14 000 smarta vattenmätare med fjärravläsning åt ett finländskt vattenbolag, 2023",
                "Läcksökning i 40 mätzoner med minskade vattenförluster från 24 till 15 procent, 2020–2023",
            ),
            certifications=("ISO 9001", "ISO 14001", "MID"),
            turnover=Decimal("142.5"),
            employees=86,
            value_from=Decimal(3),
            value_to=Decimal(130),
            states=("MH", "GJ", "KA", "TN"),
            is_joint_venture_willing=True,
            may_lead_joint_venture=False,
            founded=1998,
            net_worth=Decimal("41.0"),
            turnovers=((2025, Decimal("142.5")), (2024, Decimal("131.0")), (2023, Decimal("118.4"))),
            projects=(
                DemoProject(
                    "Driftövervakning av 28 pumpstationer",
                    2024,
                    Decimal("38.0"),
                    ("wastewater", "water-supply"),
                ),
                DemoProject("14 000 smarta vattenmätare", 2023, Decimal("27.5"), ("water-supply",)),
            ),
            presence=Presence.PARTNER,
            local_content_percent=25,
        ),
    ),
    DemoCompany(
        "Ljusvakt Stadsbelysning AB",
        "4020000032",
        joined=395,
        county="07",
        profile=DemoProfile(
            name="Gatubelysning och smarta stolpar",
            language="sv",
            summary=(
                "Vi gör LED-armaturer för gator, parker och tunnlar och ett styrsystem som dimrar, mäter och "
                "larmar. Armaturerna sätts ihop i Småland och tål hetta, damm och åska. Styrningen följer "
                "öppna standarder, så att staden kan byta leverantör. Vi har räknat hem energisparavtal åt "
                "tolv kommuner."
            ),
            capabilities=(
                "LED-armaturer för gatubelysning, 20–200 W, IP66 och IK09",
                "Centralt styrsystem för belysning med dimring, mätning och fellarm",
                "Trådlösa noder för enskilda lampor enligt TALQ och Zhaga",
                "Smarta stolpar med laddning, kamera och wifi",
                "Energisparavtal med uppmätt besparing",
            ),
            domains=("lighting",),
            references=(
                "Byte av 22 000 kvicksilverlampor till LED med styrsystem åt en mellansvensk stad, 2019–2022",
                "300 smarta stolpar med elbilsladdning i ett nytt stadsdelscentrum, 2024",
            ),
            certifications=("ISO 9001", "ENEC", "ISO 14001"),
            turnover=Decimal("88.0"),
            employees=47,
            value_from=Decimal(5),
            value_to=Decimal(80),
            states=(),
            is_joint_venture_willing=True,
            may_lead_joint_venture=False,
            founded=2006,
            net_worth=Decimal("22.0"),
            turnovers=((2025, Decimal("88.0")), (2024, Decimal("79.5"))),
            projects=(DemoProject("Byte av 22 000 lampor till LED", 2022, Decimal("61.0"), ("lighting",)),),
        ),
    ),
    DemoCompany(
        "Kretsa Bioenergy AB",
        "4020000040",
        joined=371,
        county="22",
        silent_for=75,
        profile=DemoProfile(
            name="Waste to energy and biogas",
            language="en",
            summary=(
                "We design and commission plants that turn sorted municipal waste into biogas, vehicle fuel "
                "and compost, and supply flue-gas cleaning for waste-to-energy. Our process handles wet, "
                "mixed and seasonal waste. We work as technology partner beside a local builder and "
                "operator, and stay for three years after start."
            ),
            capabilities=(
                "Anaerobic digestion of source-separated food waste, 50 to 400 tonnes a day",
                "Biogas upgrading to vehicle fuel (bio-CNG) by water scrubbing and membranes",
                "Waste-to-energy boilers with flue-gas cleaning and emission monitoring",
                "Optical sorting and material recovery lines",
                "Biomining and remediation of legacy landfills",
                "Composting and digestate treatment",
            ),
            domains=("solid-waste", "solar-renewables"),
            references=(
                "Digestion of 120 tonnes of food waste a day with bio-CNG for 60 buses, Sweden, since 2018",
                "Flue-gas cleaning retrofit of a 75 MW waste-to-energy plant, Lithuania, 2022",
            ),
            certifications=("ISO 9001", "ISO 14001", "ISO 45001"),
            turnover=Decimal("310.0"),
            employees=120,
            value_from=Decimal(20),
            value_to=Decimal(400),
            states=("MP", "UP", "MH", "GJ"),
            is_joint_venture_willing=True,
            may_lead_joint_venture=True,
            founded=1989,
            net_worth=Decimal("120.0"),
            turnovers=((2025, Decimal("310.0")), (2024, Decimal("295.0")), (2023, Decimal("322.0"))),
            projects=(
                DemoProject(
                    "Food waste digestion, 120 tonnes a day", 2018, Decimal("180.0"), ("solid-waste",)
                ),
                DemoProject("Flue-gas cleaning of a 75 MW plant", 2022, None, ("solid-waste",)),
            ),
            presence=Presence.SUBSIDIARY,
            signature=Signature.HELD,
            local_content_percent=55,
        ),
    ),
    DemoCompany(
        "Stadspuls Mobility AB",
        "4020000057",
        joined=344,
        county="14",
        profile=DemoProfile(
            name="Traffic and charging software",
            language="en",
            summary=(
                "We make software for city traffic: adaptive signal control, parking guidance, bus fleet "
                "operation and charging of electric buses. Our platform takes in detectors and cameras of "
                "any make through open interfaces and runs beside an existing command centre. Forty people "
                "in Gothenburg, half of them traffic engineers."
            ),
            capabilities=(
                "Adaptive traffic control (ATCS) and signal priority for buses",
                "Parking management with bay sensors, guidance and payment app",
                "Depot charging management for electric bus fleets, OCPP",
                "Fleet ITS: vehicle location, passenger information in GTFS and SIRI",
                "Integration of ANPR and red-light violation detection",
                "Interfaces to integrated command and control centres (ICCC)",
            ),
            domains=("traffic", "e-mobility", "public-transport"),
            references=(
                "Adaptive signals at 64 junctions with 18 percent shorter bus journeys, Sweden, 2021–2023",
                "Charging management for 145 electric buses in two depots, Norway, 2023",
                "Parking guidance for 3,200 bays with open data, Denmark, 2022",
            ),
            certifications=("ISO 9001", "ISO/IEC 27001"),
            turnover=Decimal("64.0"),
            employees=41,
            value_from=Decimal(2),
            value_to=Decimal(75),
            states=("KL", "MP", "GJ", "UP", "RJ"),
            is_joint_venture_willing=True,
            may_lead_joint_venture=False,
            founded=2011,
            net_worth=Decimal("15.0"),
            turnovers=(),
            projects=(
                DemoProject("Adaptive signals at 64 junctions", 2023, Decimal("24.0"), ("traffic",)),
                DemoProject("Charging management for 145 buses", 2023, Decimal("12.0"), ("e-mobility",)),
            ),
        ),
    ),
)
