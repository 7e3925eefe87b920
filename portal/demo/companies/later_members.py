"""Members who came later. One has told little of itself, and one nothing at all."""

from __future__ import annotations

from decimal import Decimal

from matching.bidding.records import Presence, Signature
from portal.demo.companies.records import DemoCompany, DemoProfile, DemoProject

LATER_MEMBERS = (
    DemoCompany(
        "Luftspår Miljömätning AB",
        "4020000065",
        joined=318,
        county="25",
        profile=DemoProfile(
            name="Luft, buller och vattendrag",
            language="sv",
            summary=(
                "Vi bygger mätstationer för luftkvalitet, buller och utsläpp till vattendrag, och den tjänst "
                "som kommuner och myndigheter läser av dem i. Stationerna klarar fyrtio minusgrader och "
                "femtio plusgrader, går på solceller och kalibreras på plats."
            ),
            capabilities=(
                "Mätstationer för luftkvalitet: partiklar, kvävedioxid, ozon och svaveldioxid",
                "Nät av små sensorer för luft och buller i gatumiljö",
                "Mätning av utsläpp till vattendrag: syre, ammonium och flöde",
                "Öppna data och larm till myndigheter och invånare",
            ),
            domains=("environment", "wastewater"),
            references=(
                "Luftmätning på 46 platser åt ett regionförbund i norra Sverige, 2019–2025",
                "Mätning av utsläpp i nio å- och havsmynningar åt en finländsk myndighet, 2022",
            ),
            certifications=("ISO 9001", "ISO/IEC 17025"),
            turnover=Decimal("37.0"),
            employees=22,
            value_from=Decimal(1),
            value_to=Decimal(50),
            founded=2009,
            net_worth=Decimal("8.5"),
            turnovers=((2025, Decimal("37.0")), (2024, Decimal("33.5")), (2023, Decimal("31.0"))),
            projects=(DemoProject("Luftmätning på 46 platser", 2025, Decimal("18.0"), ("environment",)),),
        ),
    ),
    DemoCompany(
        "Tryggvy Bildanalys AB",
        "4020000073",
        joined=290,
        county="05",
        profile=DemoProfile(
            name="Video analytics for cities",
            language="en",
            summary=(
                "We make software that watches so that people need not: it counts, finds what has "
                "fallen or been left behind, and blurs faces unless a court asks. It runs on the cameras and "
                "the command centre that a city has, and tells traffic and police apart what concerns each."
            ),
            capabilities=(
                "Video analytics on existing CCTV cameras through ONVIF",
                "Face blurring and access rules for privacy in public places",
                "Incident alarms into integrated command and control centres (ICCC)",
                "ANPR and crowd counting at junctions, stations and events",
                "Emergency call boxes and public address",
            ),
            domains=("surveillance", "command-centre", "traffic"),
            references=(
                "Analytics on 900 cameras of a public transport authority, Sweden, 2021–2024",
                "Crowd counting for a city's events, Denmark, 2023",
            ),
            certifications=("ISO/IEC 27001",),
            turnover=Decimal("58.0"),
            employees=34,
            value_from=Decimal(2),
            value_to=Decimal(120),
            states=("KA", "TN", "TS", "MH"),
            founded=2014,
            net_worth=Decimal("13.0"),
            turnovers=((2025, Decimal("58.0")), (2024, Decimal("46.0"))),
            projects=(DemoProject("Analytics on 900 cameras", 2024, Decimal("21.0"), ("surveillance",)),),
            presence=Presence.PARTNER,
        ),
    ),
    DemoCompany(
        "Molnbro Stadsdata AB",
        "4020000081",
        joined=262,
        county="01",
        profile=DemoProfile(
            name="City data platform and digital twins",
            language="en",
            summary=(
                "We connect what a city measures. Our open platform takes in water, light, traffic and air "
                "from any maker, keeps it in the city's own hands and shows it on maps, in a digital twin "
                "and to developers. We work behind a command centre, not instead of it."
            ),
            capabilities=(
                "Open data platform with FIWARE and OGC interfaces",
                "Digital twins and 3D city models on GIS",
                "Integration of IoT sensors into command and control centres (ICCC)",
                "E-governance portals and citizens' services with open standards",
                "Asset registers and maintenance on maps",
            ),
            domains=("command-centre", "e-governance", "geospatial"),
            references=(
                "Open data platform for eleven municipalities, Sweden, since 2020",
                "Digital twin of a harbour district, Finland, 2024",
            ),
            certifications=("ISO 9001", "ISO/IEC 27001"),
            turnover=Decimal("96.0"),
            employees=71,
            value_from=Decimal(3),
            value_to=Decimal(150),
            may_lead_joint_venture=True,
            founded=2008,
            net_worth=Decimal("30.0"),
            turnovers=((2025, Decimal("96.0")), (2024, Decimal("90.0")), (2023, Decimal("77.0"))),
            projects=(
                DemoProject(
                    "Open data platform for eleven municipalities", 2025, Decimal("44.0"), ("e-governance",)
                ),
                DemoProject("Digital twin of a harbour district", 2024, Decimal("9.0"), ("geospatial",)),
            ),
            presence=Presence.PARTNER,
            signature=Signature.HELD,
            local_content_percent=30,
        ),
    ),
    DemoCompany(
        "Elvågen Nät och Lager AB",
        "4020000099",
        joined=231,
        county="19",
        profile=DemoProfile(
            name="Elnät, sol och batterier",
            language="sv",
            summary=(
                "Vi bygger styrning av lokala elnät med solceller och batterier: mätare, "
                "nätstationer som går att styra, och ett system som håller spänning och effekt inom "
                "gränserna. Vi tar också fram reservkraft utan diesel åt pumpstationer och sjukhus."
            ),
            capabilities=(
                "Batterilager med styrning, 100 kW till 5 MW",
                "Solceller på tak och vattenreservoarer med nätanslutning",
                "Övervakning av nätstationer och smarta elmätare",
                "Reservkraft utan diesel för pumpstationer",
                "Laddplatser för elbussar med effektstyrning",
            ),
            domains=("energy-storage", "power-grid", "solar-renewables"),
            references=(
                "Batterilager på 2 MW i ett mellansvenskt elnät, 2023",
                "Sol och lager vid fjorton pumpstationer, 2024",
            ),
            certifications=("ISO 9001", "ISO 14001"),
            turnover=Decimal("121.0"),
            employees=63,
            value_from=Decimal(2),
            value_to=Decimal(110),
            founded=2003,
            net_worth=Decimal("35.0"),
            turnovers=((2025, Decimal("121.0")), (2024, Decimal("109.0"))),
            projects=(DemoProject("Batterilager på 2 MW", 2023, Decimal("26.0"), ("energy-storage",)),),
        ),
    ),
    DemoCompany(
        "Skyfallsvakt AB",
        "4020000107",
        joined=204,
        county="12",
        profile=DemoProfile(
            name="Dagvatten och översvämning",
            language="sv",
            summary=(
                "Vi varnar städer innan vattnet stiger. Radarsensorer i brunnar och diken, regnmätare och en "
                "modell som räknar om var tionde minut ger räddningstjänsten kartor och larm. Våra pumpar "
                "och luckor styrs av samma system."
            ),
            capabilities=(
                "Nivåsensorer med radar för dagvatten, diken och åar",
                "Prognos och larm för skyfall och översvämning",
                "Styrning av dagvattenpumpar och luckor med SCADA",
                "Kartor över risk för räddningstjänsten",
            ),
            domains=("disaster-fire", "wastewater", "pumps-machinery"),
            references=(
                "Varning för skyfall i en skånsk kuststad med 210 sensorer, 2022–2025",
                "Styrning av 31 dagvattenpumpar åt en dansk kommun, 2024",
            ),
            certifications=("ISO 9001",),
            turnover=Decimal("44.0"),
            employees=28,
            value_from=Decimal(1),
            value_to=Decimal(60),
            states=("TN", "MH", "KL", "GA", "OD"),
            founded=2012,
            net_worth=Decimal("9.0"),
            turnovers=((2025, Decimal("44.0")), (2024, Decimal("38.0")), (2023, Decimal("29.0"))),
            projects=(
                DemoProject("Varning för skyfall i en kuststad", 2025, Decimal("15.5"), ("disaster-fire",)),
            ),
        ),
    ),
    DemoCompany(
        "Hållplats Trafikdata AB",
        "4020000115",
        joined=176,
        county="03",
        profile=DemoProfile(
            name="Bus information and ticketing",
            language="en",
            summary=(
                "We tell passengers when the bus comes, and operators why it did not. Displays at stops, "
                "vehicle computers, ticketing by phone and planning of electric bus fleets, all on open "
                "timetable standards."
            ),
            capabilities=(
                "Passenger information displays at stops and in vehicles",
                "Vehicle location and depot planning for bus fleets",
                "Ticketing by phone and card, account based",
                "Planning of charging for electric buses",
            ),
            domains=("public-transport", "e-mobility"),
            references=("1,400 displays and 600 vehicle computers for a county's buses, Sweden, 2021–2025",),
            certifications=("ISO 9001", "ISO/IEC 27001"),
            turnover=Decimal("73.0"),
            employees=45,
            value_from=Decimal(2),
            value_to=Decimal(90),
            founded=2001,
            net_worth=Decimal("18.0"),
            turnovers=((2025, Decimal("73.0")), (2024, Decimal("70.5"))),
            projects=(
                DemoProject("Displays for a county's buses", 2025, Decimal("52.0"), ("public-transport",)),
            ),
        ),
    ),
    DemoCompany(
        "Rumsklok Byggautomation AB",
        "4020000123",
        joined=158,
        county="24",
        profile=DemoProfile(
            name="Styrning av byggnader",
            language="sv",
            summary="Vi styr värme, kyla och ventilation i skolor och kontor.",
            domains=("buildings",),
            is_joint_venture_willing=False,
            presence=Presence.UNKNOWN,
            signature=Signature.UNKNOWN,
        ),
    ),
    DemoCompany("Parkrot Stadsgrönska AB", "4020000131", joined=149, county="", profile=None),
)
