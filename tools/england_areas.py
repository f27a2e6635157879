"""Which public body serves which council's area in England in 2016-17, where no published table at hand says it.

Council names are those of the budget return. A council named last in a group's list is the one that has the people
who are left. From the bodies' own names and the law that set them up; parts of a district are a judgement.
"""

from dataclasses import dataclass

REGIONS = {
    "NE": "North East",
    "NW": "North West",
    "YH": "Yorkshire and The Humber",
    "EM": "East Midlands",
    "WM": "West Midlands",
    "E": "East of England",
    "EE": "East of England",
    "L": "London",
    "SE": "South East",
    "SW": "South West",
}

BODY_NAMES = {
    "E1001": "Derby",
    "E1302": "County Durham",
    "E2201": "Medway",
    "E2401": "Leicester",
    "E3001": "Nottingham",
    "E3201": "Telford and Wrekin",
    "E6349": "Liverpool City Region Combined Authority",
    "E6350": "Sheffield City Region Combined Authority",
    "E6351": "North East Combined Authority",
}
"""Shorter or usual names of bodies that the return calls otherwise."""

NO_PEOPLE = frozenset(
    ("E6401", "E6402", "E6403", "E6404", "E6405", "E6406", "E6407", "E6408", "E6409", "E6410", "E6803")
)
"""National and regional parks: their money belongs to no council's residents more than another's."""

BODY_GROUPS: dict[str, tuple[str, ...]] = {
    "E5100": ("50",),
    "E7045": ("45", "29"),
    "E7050": ("01", "33"),
    "E7051": ("08", "11", "40"),
    "E7052": ("17", "21"),
    "E7053": ("14", "38"),
    "E7054": ("03", "04", "31"),
    "E7055": ("18", "32"),
    "E6161": ("11", "33"),
    "E6162": ("12", "39"),
    "E6201": ("E5045", "E5030", "E5040", "E5046"),
    "E6202": ("E4201", "E4202", "E4203", "E4204", "E4205", "E4206", "E4207", "E4208", "E4209"),
    "E6204": ("43",),
    "E6205": ("E5031", "E5011", "E5037", "E5013", "E5038", "E5015", "E5049"),
    "E6206": ("E5014", "E5016", "E5017", "E5021"),
    "E6207": ("E5033", "E5036", "E5039", "E5041", "E5042", "E5047"),
    "E6346": ("46",),
    "E6348": ("42",),
    "E6349": ("43", "E0601"),
    "E6350": ("44",),
    "E6351": ("45", "E1302", "E2901"),
    "E6353": ("47",),
}
"""Old counties (two figures of a council's code) or councils that a body serves, where its own code does not say it."""


@dataclass(frozen=True)
class Part:
    """An area that a later council holds with others: its residents in 2011, and that council's code."""

    people_2011: int
    within: str
    """The later council's code."""
    whole: bool = False

    def of_2021(self, before: int, after: int) -> int:
        """Its residents in 2021, the later council's by the parts of 2011."""
        return after if self.whole else round(after * self.people_2011 / before)


SPLIT_2011: dict[str, tuple[Part, ...]] = {
    "E1202": (Part(183491, "E06000058"),),
    "E1201": (Part(147645, "E06000058"),),
    "E1221": (Part(47752, "E06000058"), Part(365153, "E06000059", whole=True)),
    "E0421": (Part(505283, "E06000060", whole=True),),
    "E2820": (Part(316851, "E06000061", whole=True), Part(375101, "E06000062", whole=True)),
}
"""Councils of 2016 that the census of 2021 counts in a later one: Census 2011, Office for National Statistics."""

COUNTED_THERE = {("Southern Derbyshire", "E1001"): 256_203}
"""Residents of mid-2016 as the Office for National Statistics estimates them, where that is at hand."""
PARTS_OF_GROUPS: dict[tuple[str, str], int] = {
    ("Airedale, Wharfedale and Craven", "E2721"): 56000,
    ("Coventry and Rugby", "E3720"): 107000,
    ("Great Yarmouth and Waveney", "E2620"): 98500,
    ("Tameside and Glossop", "E1021"): 33000,
    ("North East Hampshire and Farnham", "E3620"): 40000,
    ("North and West Reading", "E0302"): 40000,
}
"""People of a group in a part of a county: the district's residents about 2016, or a town's in the census of 2011."""

GROUPS_OF: dict[str, tuple[str, ...]] = {
    "Darlington": ("Darlington",),
    "County Durham": ("Durham Dales, Easington and Sedgefield", "North Durham"),
    "Hartlepool": ("Hartlepool and Stockton-on-Tees",),
    "Stockton-on-Tees": ("Hartlepool and Stockton-on-Tees",),
    "Northumberland": ("Northumberland",),
    "Redcar & Cleveland": ("South Tees",),
    "Middlesbrough": ("South Tees",),
    "South Tyneside": ("South Tyneside",),
    "Sunderland": ("Sunderland",),
    "North Tyneside": ("North Tyneside",),
    "Cumbria": ("Cumbria",),
    "Cheshire East": ("Eastern Cheshire", "South Cheshire"),
    "Cheshire West and Chester": ("Vale Royal", "West Cheshire"),
    "Halton": ("Halton",),
    "Warrington": ("Warrington",),
    "Knowsley": ("Knowsley",),
    "Sefton": ("South Sefton", "Southport and Formby"),
    "St Helens": ("St Helens",),
    "Wirral": ("Wirral",),
    "Liverpool": ("Liverpool",),
    "Bolton": ("Bolton",),
    "Bury": ("Bury",),
    "Manchester": ("Central Manchester", "North Manchester", "South Manchester"),
    "Oldham": ("Oldham",),
    "Rochdale": ("Heywood, Middleton and Rochdale",),
    "Salford": ("Salford",),
    "Stockport": ("Stockport",),
    "Derby": ("Southern Derbyshire",),
    "Derbyshire": ("Tameside and Glossop", "Erewash", "Hardwick", "North Derbyshire", "Southern Derbyshire"),
    "Tameside": ("Tameside and Glossop",),
    "Trafford": ("Trafford",),
    "Wigan": ("Wigan Borough",),
    "Blackburn with Darwen": ("Blackburn with Darwen",),
    "Blackpool": ("Blackpool",),
    "Lancashire": (
        "Chorley and South Ribble",
        "East Lancashire",
        "Greater Preston",
        "Lancashire North",
        "West Lancashire",
        "Fylde and Wyre",
    ),
    "York": ("Vale of York",),
    "North Yorkshire": (
        "Airedale, Wharfedale and Craven",
        "Hambleton, Richmondshire and Whitby",
        "Harrogate and Rural District",
        "Scarborough and Ryedale",
        "Vale of York",
    ),
    "Bradford": ("Airedale, Wharfedale and Craven", "Bradford Districts", "Bradford City"),
    "Barnsley": ("Barnsley",),
    "Calderdale": ("Calderdale",),
    "Leeds": ("Leeds North", "Leeds West", "Leeds South and East"),
    "Doncaster": ("Doncaster",),
    "East Riding of Yorkshire": ("East Riding of Yorkshire",),
    "Kirklees": ("Greater Huddersfield", "North Kirklees"),
    "Kingston upon Hull": ("Hull",),
    "North East Lincolnshire": ("North East Lincolnshire",),
    "North Lincolnshire": ("North Lincolnshire",),
    "Rotherham": ("Rotherham",),
    "Sheffield": ("Sheffield",),
    "Wakefield": ("Wakefield",),
    "Nottingham": ("Nottingham City",),
    "Nottinghamshire": (
        "Bassetlaw",
        "Mansfield and Ashfield",
        "Newark and Sherwood",
        "Nottingham North and East",
        "Nottingham West",
        "Rushcliffe",
    ),
    "Staffordshire": (
        "Cannock Chase",
        "East Staffordshire",
        "North Staffordshire",
        "South East Staffs and Seisdon Peninsular",
        "Stafford and Surrounds",
    ),
    "Stoke-on-Trent": ("Stoke on Trent",),
    "Shropshire": ("Shropshire",),
    "Telford and Wrekin": ("Telford and Wrekin",),
    "Sandwell": ("Sandwell and West Birmingham",),
    "Birmingham": ("Birmingham South and Central", "Birmingham CrossCity", "Sandwell and West Birmingham"),
    "Warwickshire": ("Coventry and Rugby", "Warwickshire North", "South Warwickshire"),
    "Coventry": ("Coventry and Rugby",),
    "Dudley": ("Dudley",),
    "Herefordshire": ("Herefordshire",),
    "Worcestershire": ("Redditch and Bromsgrove", "South Worcestershire", "Wyre Forest"),
    "Solihull": ("Solihull",),
    "Walsall": ("Walsall",),
    "Wolverhampton": ("Wolverhampton",),
    "Lincolnshire": (
        "Lincolnshire East",
        "Lincolnshire West",
        "South West Lincolnshire",
        "South Lincolnshire",
    ),
    "Northamptonshire": ("Corby", "Nene"),
    "Rutland": ("East Leicestershire and Rutland",),
    "Leicestershire": ("East Leicestershire and Rutland", "West Leicestershire"),
    "Leicester": ("Leicester City",),
    "Milton Keynes": ("Milton Keynes",),
    "Bedford": ("Bedfordshire",),
    "Central Bedfordshire": ("Bedfordshire",),
    "Luton": ("Luton",),
    "Hertfordshire": ("East and North Hertfordshire", "Herts Valleys"),
    "Peterborough": ("Cambridgeshire and Peterborough",),
    "Cambridgeshire": ("Cambridgeshire and Peterborough",),
    "Norfolk": ("Great Yarmouth and Waveney", "North Norfolk", "Norwich", "South Norfolk", "West Norfolk"),
    "Suffolk": ("Ipswich and East Suffolk", "West Suffolk", "Great Yarmouth and Waveney"),
    "Essex": (
        "Mid Essex",
        "North East Essex",
        "West Essex",
        "Basildon and Brentwood",
        "Castle Point and Rochford",
    ),
    "Thurrock": ("Thurrock",),
    "Southend-on-Sea": ("Southend",),
    "Barking & Dagenham": ("Barking and Dagenham",),
    "Barnet": ("Barnet",),
    "Bexley": ("Bexley",),
    "Brent": ("Brent",),
    "Bromley": ("Bromley",),
    "Camden": ("Camden",),
    "City of London": ("City and Hackney",),
    "Hackney": ("City and Hackney",),
    "Croydon": ("Croydon",),
    "Ealing": ("Ealing",),
    "Enfield": ("Enfield",),
    "Hounslow": ("Hounslow",),
    "Greenwich": ("Greenwich",),
    "Hammersmith & Fulham": ("Hammersmith and Fulham",),
    "Haringey": ("Haringey",),
    "Harrow": ("Harrow",),
    "Havering": ("Havering",),
    "Hillingdon": ("Hillingdon",),
    "Islington": ("Islington",),
    "Kingston upon Thames": ("Kingston",),
    "Lambeth": ("Lambeth",),
    "Lewisham": ("Lewisham",),
    "Newham": ("Newham",),
    "Redbridge": ("Redbridge",),
    "Richmond upon Thames": ("Richmond",),
    "Southwark": ("Southwark",),
    "Merton": ("Merton",),
    "Sutton": ("Sutton",),
    "Tower Hamlets": ("Tower Hamlets",),
    "Waltham Forest": ("Waltham Forest",),
    "Wandsworth": ("Wandsworth",),
    "Kensington & Chelsea": ("West London (K&C & QPP)",),
    "Westminster": ("Central London (Westminster)", "West London (K&C & QPP)"),
    "Bristol": ("Bristol",),
    "Isles of Scilly": ("Kernow",),
    "Cornwall": ("Kernow",),
    "North Somerset": ("North Somerset",),
    "Somerset": ("Somerset",),
    "South Gloucestershire": ("South Gloucestershire",),
    "Plymouth": ("North, East, West Devon",),
    "Torbay": ("South Devon and Torbay",),
    "Devon": ("North, East, West Devon", "South Devon and Torbay"),
    "Isle of Wight": ("Isle of Wight",),
    "Portsmouth": ("Portsmouth",),
    "Southampton": ("Southampton",),
    "Surrey": (
        "North East Hampshire and Farnham",
        "East Surrey",
        "Guildford and Waverley",
        "North West Surrey",
        "Surrey Heath",
        "Surrey Downs",
    ),
    "Hampshire": (
        "North Hampshire",
        "Fareham and Gosport",
        "South Eastern Hampshire",
        "West Hampshire",
        "North East Hampshire and Farnham",
    ),
    "Bournemouth": ("Dorset",),
    "Poole": ("Dorset",),
    "Dorset": ("Dorset",),
    "Bracknell Forest": ("Bracknell and Ascot",),
    "Windsor & Maidenhead": ("Bracknell and Ascot", "Windsor, Ascot and Maidenhead"),
    "West Berkshire": ("Newbury and District", "North and West Reading"),
    "Reading": ("North and West Reading", "South Reading"),
    "Slough": ("Slough",),
    "Wokingham": ("Wokingham",),
    "Buckinghamshire": ("Aylesbury Vale", "Chiltern"),
    "Oxfordshire": ("Oxfordshire",),
    "Bath & North East Somerset": ("Bath and North East Somerset",),
    "Gloucestershire": ("Gloucestershire",),
    "Swindon": ("Swindon",),
    "Wiltshire": ("Wiltshire",),
    "Kent": (
        "Ashford",
        "Canterbury and Coastal",
        "Dartford, Gravesham and Swanley",
        "South Kent Coast",
        "Swale",
        "Thanet",
        "West Kent",
    ),
    "Medway": ("Medway",),
    "Brighton & Hove": ("Brighton and Hove",),
    "East Sussex": ("Eastbourne, Hailsham and Seaford", "Hastings and Rother", "High Weald Lewes Havens"),
    "West Sussex": ("Coastal West Sussex", "Crawley", "Horsham and Mid Sussex"),
}
"""The commissioning groups that serve each council's area."""

PROVIDER_AREAS = {
    "Bournemouth, Christchurch and Poole": "Bournemouth",
    "Bristol City of": "Bristol",
    "Durham": "County Durham",
    "Kingston upon Hull City of": "Kingston upon Hull",
}
"""Areas of the 16 to 19 allocations that the return calls otherwise."""

PROVIDER_TOWNS = {
    "Corfe Hills School": "Poole",
    "Langside School": "Poole",
    "Magna Academy": "Poole",
    "Montacute School": "Poole",
    "Parkstone Grammar School": "Poole",
    "Poole Grammar School": "Poole",
    "Poole High School": "Poole",
    "St Edward's Roman Catholic/Church of England School, Poole": "Poole",
    "Victoria Education Centre & Sports College": "Poole",
    "Highcliffe School": "Dorset",
    "Portfield School": "Dorset",
    "The Grange School": "Dorset",
    "Twynham School": "Dorset",
}
"""Providers of Bournemouth, Christchurch and Poole that stood in another council's area in 2016: a judgement by name."""

NOT_OF_A_COUNCIL = frozenset(("National Contract", "Wales"))
"""Rows of the allocations that are no English council's area."""
