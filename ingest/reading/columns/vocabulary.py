"""Names that offices, spreadsheets and open-contracting files give to columns, and our fact for each."""

from __future__ import annotations

import re

from ingest.reading.columns.plan import OCID

PUBLISHER, STATE_PORTAL, TAG, CURRENCY = "publisher", "_state", "tag", "currency"
OWN_COLUMNS = {
    "_state": STATE_PORTAL,
    "portal": PUBLISHER,
    "publisher": PUBLISHER,
    "_portal": PUBLISHER,
}

# Paths of OCDS 1.1 as flat columns, without the numbers of list elements. In order: what comes first wins.
OCDS_PATHS = {
    "ocid": OCID,
    "tag": TAG,
    "tender/id": "process_id",
    "tender/externalreference": "reference",
    "tender/reference": "reference",
    "tender/title": "title",
    "tender/description": "description",
    "tender/status": "stage",
    "tender/stage": "stage",
    "tender/mainprocurementcategory": "category",
    "tender/procurementmethoddetails": "procurement_method",
    "tender/procurementmethod": "procurement_method",
    "tender/contracttype": "contract_form",
    "tender/classification/description": "product_category",
    "tenderclassification/description": "product_category",
    "tender/classification/id": "classification_codes",
    "tender/value/amount": "value",
    "tender/value/currency": CURRENCY,
    "tender/datepublished": "published_at",
    "date": "published_at",
    "tender/tenderperiod/startdate": "submission_from",
    "tender/tenderperiod/enddate": "submission_deadline",
    "tender/enquiryperiod/enddate": "enquiry_deadline",
    "tender/bidopening/date": "opening_at",
    "buyer/name": "buyer_name",
    "tender/procuringentity/name": "buyer_name",
    "tender/deliverylocation/description": "location",
}

# English, the English of Indian offices, Swedish; as header_key() writes them, one a line.
_SYNONYMS = {
    "process_id": """tender no
        tender number
        tenderid
        e tender id
        e tender no
        nit tender id
        process id
        anbudsnummer
        upphandlingsnummer
        upphandlings id
        anbuds id""",
    "reference": """nit no
        nit number
        nit ref no
        nit reference no
        ref
        reference number
        file no
        notice no
        diarienummer
        referens
        referensnummer""",
    "title": """name of the work
        name of project
        name of the project
        project
        project name
        project title
        work name
        name of scheme work
        tender name
        name of tender
        subject
        particulars of work
        brief description of work
        work
        titel
        rubrik
        projekt
        projektnamn
        projektets namn
        upphandling
        benämning""",
    "description": """scope
        scope of work
        brief scope
        brief scope of work
        details of work
        project description
        project details
        details
        beskrivning
        omfattning
        projektbeskrivning""",
    "buyer_name": """implementing agency
        executing agency
        agency
        spv
        name of spv
        ulb
        name of ulb
        authority
        tendering authority
        tender inviting authority
        inviting authority
        name of authority
        procuring entity
        client
        employer
        office
        department name
        name of department
        beställare
        köpare
        upphandlande myndighet
        upphandlare
        myndighet""",
    "city": """city
        town
        city town
        name of city
        city name
        smart city
        city ulb
        stad
        ort""",
    "state": """state
        state ut
        state name
        name of state
        delstat""",
    "location": """site
        work site
        place of work
        district
        plats
        läge""",
    "category": """category of work
        work category
        type of work
        kategori""",
    "procurement_method": """mode of tender
        mode of procurement
        bidding type
        förfarande
        upphandlingsform""",
    "scheme": """scheme
        name of scheme
        mission
        programme
        funding scheme
        program""",
    "value": """value
        amount
        cost
        est cost
        estimated amount
        est amount
        est value
        estimate
        estimated project cost
        project cost
        approx cost
        approximate cost
        tentative cost
        cost of work
        cost of the work
        estimated cost of work
        total cost
        outlay
        project value
        work value
        pac
        p a c
        probable amount of contract
        värde
        uppskattat värde
        beräknat värde
        kontraktsvärde
        kostnad
        beräknad kostnad
        belopp
        budget""",
    "bid_security": """e m d
        amount of emd
        emd required
        emd value
        earnest money deposit emd
        bid security amount
        bid guarantee
        anbudsgaranti""",
    "document_fee": """cost of tender
        cost of document
        cost of bid document
        cost of tender form
        tender form fee
        tender cost
        bid document fee
        processing fee
        anbudsavgift""",
    "published_at": """publish date
        date of publishing
        date of publication
        date of issue
        issue date
        issued on
        date of nit
        nit date
        uploaded on
        upload date
        publiceringsdatum
        publicerad
        annonserad
        annonsdatum""",
    "documents_from": """sale start date
        document sale from
        tender sale start date""",
    "documents_until": """sale end date
        document sale up to
        last date of sale
        last date of sale of tender""",
    "enquiry_deadline": """queries up to
        last date for queries
        last date of queries
        pre bid queries up to
        frågor senast
        sista dag för frågor""",
    "prebid_at": """pre bid
        pre bid meeting on
        date of pre bid meeting
        anbudskonferens""",
    "submission_from": """bid submission start
        bid start date
        date of start of bid submission""",
    "submission_deadline": """bid due date
        bids due
        due on
        bid end
        submission date
        last date of bid
        last date for submission
        last date for submission of bids
        last date of submission of bids
        last date of submission of tender
        last date of receipt of tender
        last date and time
        last date time
        last date of online submission
        last date of online bid submission
        closing on
        closes
        deadline
        bid deadline
        tender due date
        tender closing date time
        sista anbudsdag
        anbud senast
        sista dag
        sista dag för anbud
        sista inlämningsdag""",
    "opening_at": """date of opening
        opening of bids
        opening of tender
        date of opening of tender
        date of bid opening
        opening of technical bids
        anbudsöppning""",
    "period_days": """completion period
        period of completion
        time of completion
        completion time
        time allowed
        genomförandetid""",
    "stage": """stage
        status
        project status
        project stage
        current status
        current stage
        present status
        skede
        läge i processen
        fas""",
    "is_joint_venture_allowed": """jv allowed
        jv
        joint venture
        joint venture allowed
        consortium allowed
        consortium
        consortium jv
        jv consortium""",
    "expected": """tender expected
        expected quarter
        expected tender quarter
        expected date of tender
        expected rfp
        rfp expected
        rfp expected in
        tender expected in
        expected
        väntas
        förväntad annonsering
        förväntat kvartal""",
    "classification_codes": """cpv
        cpv code
        cpv codes
        cpv kod""",
    "contact": """contact office
        contact designation
        kontaktfunktion""",
    "url": """url
        link
        web link
        tender url
        tender link
        website link
        länk
        webbadress""",
}
SYNONYMS = {name.strip(): fact for fact, names in _SYNONYMS.items() for name in names.splitlines()}

# Never read, whatever the values look like: who bid how much, and private persons.
PRIVATE = re.compile(
    r"\b(?:bidders?|bids? received|tenderers?|contractors?|vendors?|suppliers?|winners?|winning|successful"
    r"|award(?:ed)?\w*|l1|h1|quoted|contract value|contract amount|accepted (?:amount|value)"
    r"|contact person|name of officer|officer|phones?|mobiles?|mob|tel|telephone|e ?mails?|whatsapp|fax"
    r"|anbudsgivare|leverantör(?:er)?|vinnare|tilldel\w*|telefon|mobil|e ?post|kontaktperson)\b"
)
