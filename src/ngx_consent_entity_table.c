
/* Made by t/unit/entity_table.py from Python's html.entities. */

#include "ngx_consent_entity_int.h"


/* the first name of each letter, A to Z and a to z, and the end */

const uint16_t  ngx_consent_entity_first[] = {
    0, 19, 31, 65, 119, 144, 152, 173, 185, 210, 217, 225, 284, 293, 364, 387,
    406, 410, 454, 494, 516, 552, 569, 574, 578, 588, 598, 658, 773, 867, 931,
    993, 1029, 1088, 1116, 1166, 1174, 1184, 1336, 1373, 1538, 1591, 1657, 1667,
    1769, 1921, 1977, 2024, 2066, 2077, 2101, 2112, 2125
};


/* what follows the first letter of each name, in the order of the names */

const char  ngx_consent_entity_letters[] =
    "EligMPacutebrevecirccyfrgravelphamacrndogonopfpplyFunctionringscrssignti"
    "ldeumlackslasharvarwedcyecauseernoullisetafropfrevescrumpeqHcyOPYacuteap"
    "apitalDifferentialDayleyscaroncedilcircconintdotedillaenterDotfrhiircleD"
    "otircleMinusirclePlusircleTimeslockwiseContourIntegralloseCurlyDoubleQuo"
    "teloseCurlyQuoteolonoloneongruentonintontourIntegralopfoproductounterClo"
    "ckwiseContourIntegralrossscrupupCapDDotrahdJcyScyZcyaggerarrashvcaroncye"
    "leltafriacriticalAcuteiacriticalDotiacriticalDoubleAcuteiacriticalGravei"
    "acriticalTildeiamondifferentialDopfototDototEqualoubleContourIntegraloub"
    "leDotoubleDownArrowoubleLeftArrowoubleLeftRightArrowoubleLeftTeeoubleLon"
    "gLeftArrowoubleLongLeftRightArrowoubleLongRightArrowoubleRightArrowouble"
    "RightTeeoubleUpArrowoubleUpDownArrowoubleVerticalBarownArrowownArrowBaro"
    "wnArrowUpArrowownBreveownLeftRightVectorownLeftTeeVectorownLeftVectorown"
    "LeftVectorBarownRightTeeVectorownRightVectorownRightVectorBarownTeeownTe"
    "eArrowownarrowscrstrokNGTHacutecaroncirccydotfrgravelementmacrmptySmallS"
    "quaremptyVerySmallSquareogonopfpsilonqualqualTildequilibriumscrsimtaumlx"
    "istsxponentialEcyfrilledSmallSquareilledVerySmallSquareopforAllouriertrf"
    "scrJcyTammaammadbrevecedilcirccydotfrgopfreaterEqualreaterEqualLessreate"
    "rFullEqualreaterGreaterreaterLessreaterSlantEqualreaterTildescrtARDcyace"
    "katcircfrilbertSpaceopforizontalLinescrstrokumpDownHumpumpEqualEcyJligOc"
    "yacutecirccydotfrgravemmacrmaginaryImpliesntntegralntersectionnvisibleCo"
    "mmanvisibleTimesogonopfotascrtildeukcyumlcirccyfropfscrsercyukcyHcyJcyap"
    "pacedilcyfropfscrJcyTacuteambdaangaplacetrfarrcaroncedilcyeftAngleBracke"
    "teftArroweftArrowBareftArrowRightArroweftCeilingeftDoubleBracketeftDownT"
    "eeVectoreftDownVectoreftDownVectorBareftFlooreftRightArroweftRightVector"
    "eftTeeeftTeeArroweftTeeVectoreftTriangleeftTriangleBareftTriangleEqualef"
    "tUpDownVectoreftUpTeeVectoreftUpVectoreftUpVectorBareftVectoreftVectorBa"
    "reftarroweftrightarrowessEqualGreateressFullEqualessGreateressLessessSla"
    "ntEqualessTildefrlleftarrowmidotongLeftArrowongLeftRightArrowongRightArr"
    "owongleftarrowongleftrightarrowongrightarrowopfowerLeftArrowowerRightArr"
    "owscrshstroktapcyediumSpaceellintrffrinusPlusopfscruJcyacutecaroncedilcy"
    "egativeMediumSpaceegativeThickSpaceegativeThinSpaceegativeVeryThinSpacee"
    "stedGreaterGreaterestedLessLessewLinefroBreakonBreakingSpaceopfototCongr"
    "uentotCupCapotDoubleVerticalBarotElementotEqualotEqualTildeotExistsotGre"
    "aterotGreaterEqualotGreaterFullEqualotGreaterGreaterotGreaterLessotGreat"
    "erSlantEqualotGreaterTildeotHumpDownHumpotHumpEqualotLeftTriangleotLeftT"
    "riangleBarotLeftTriangleEqualotLessotLessEqualotLessGreaterotLessLessotL"
    "essSlantEqualotLessTildeotNestedGreaterGreaterotNestedLessLessotPrecedes"
    "otPrecedesEqualotPrecedesSlantEqualotReverseElementotRightTriangleotRigh"
    "tTriangleBarotRightTriangleEqualotSquareSubsetotSquareSubsetEqualotSquar"
    "eSupersetotSquareSupersetEqualotSubsetotSubsetEqualotSucceedsotSucceedsE"
    "qualotSucceedsSlantEqualotSucceedsTildeotSupersetotSupersetEqualotTildeo"
    "tTildeEqualotTildeFullEqualotTildeTildeotVerticalBarscrtildeuEligacuteci"
    "rccydblacfrgravemacrmegamicronopfpenCurlyDoubleQuotepenCurlyQuoterscrsla"
    "shtildetimesumlverBarverBraceverBracketverParenthesisartialDcyfrhiilusMi"
    "nusoincareplaneopfrrecedesrecedesEqualrecedesSlantEqualrecedesTilderimer"
    "oductroportionroportionalscrsiUOTfropfscrBarrEGacuteangarrarrtlcaroncedi"
    "lcyeeverseElementeverseEquilibriumeverseUpEquilibriumfrhoightAngleBracke"
    "tightArrowightArrowBarightArrowLeftArrowightCeilingightDoubleBracketight"
    "DownTeeVectorightDownVectorightDownVectorBarightFloorightTeeightTeeArrow"
    "ightTeeVectorightTriangleightTriangleBarightTriangleEqualightUpDownVecto"
    "rightUpTeeVectorightUpVectorightUpVectorBarightVectorightVectorBarightar"
    "rowopfoundImpliesrightarrowscrshuleDelayedHCHcyHcyOFTcyacuteccaroncedilc"
    "irccyfrhortDownArrowhortLeftArrowhortRightArrowhortUpArrowigmamallCircle"
    "opfqrtquarequareIntersectionquareSubsetquareSubsetEqualquareSupersetquar"
    "eSupersetEqualquareUnionscrtarububsetubsetEqualucceedsucceedsEqualucceed"
    "sSlantEqualucceedsTildeuchThatumupupersetupersetEqualupsetHORNRADESHcySc"
    "yabaucaroncedilcyfrhereforehetahickSpacehinSpaceildeildeEqualildeFullEqu"
    "alildeTildeopfripleDotscrstrokacutearrarrocirbrcybrevecirccydblacfrgrave"
    "macrnderBarnderBracenderBracketnderParenthesisnionnionPlusogonopfpArrowp"
    "ArrowBarpArrowDownArrowpDownArrowpEquilibriumpTeepTeeArrowparrowpdownarr"
    "owpperLeftArrowpperRightArrowpsipsilonringscrtildeumlDashbarcydashdashle"
    "eerbarerterticalBarerticalLineerticalSeparatorerticalTildeeryThinSpacefr"
    "opfscrvdashcircedgefropfscrfriopfscrAcyIcyUcyacutecirccyfropfscrumlHcyac"
    "utecaroncydoteroWidthSpaceetafropfscracutebreveccEcdcirccutecyeligffrgra"
    "velefsymlephlphamacrmalgmpndndandnddndslopendvngngenglengmsdngmsdaangmsd"
    "abngmsdacngmsdadngmsdaengmsdafngmsdagngmsdahngrtngrtvbngrtvbdngsphngstng"
    "zarrogonopfppEpacirpepidpospproxpproxeqringscrstsympsympeqtildeumlwconin"
    "twintNotackcongackepsilonackprimeacksimacksimeqarveearwedarwedgebrkbrktb"
    "rkcongcydquoecausecauseemptyvepsiernouetaethetweenfrigcapigcircigcupigod"
    "otigoplusigotimesigsqcupigstarigtriangledownigtriangleupiguplusigveeigwe"
    "dgekarowlacklozengelacksquarelacktrianglelacktriangledownlacktrianglelef"
    "tlacktrianglerightlanklk12lk14lk34locknenequivnotopfotottomowtieoxDLoxDR"
    "oxDloxDroxHoxHDoxHUoxHdoxHuoxULoxURoxUloxUroxVoxVHoxVLoxVRoxVhoxVloxVrox"
    "boxoxdLoxdRoxdloxdroxhoxhDoxhUoxhdoxhuoxminusoxplusoxtimesoxuLoxuRoxulox"
    "uroxvoxvHoxvLoxvRoxvhoxvloxvrprimerevervbarscrsemisimsimesolsolbsolhsubu"
    "llulletumpumpEumpeumpeqacuteapapandapbrcupapcapapcupapdotapsaretaroncaps"
    "caroncedilcirccupscupssmdotedilemptyvententerdotfrhcyheckheckmarkhiirirE"
    "ircirceqirclearrowleftirclearrowrightircledRircledSircledastircledcircir"
    "cleddashireirfnintirmidirscirlubslubsuitolonoloneoloneqommaommatompompfn"
    "omplementomplexesongongdotonintopfoprodopyopysrrarrrossscrsubsubesupsupe"
    "tdotudarrludarrruepruescularrularrpupupbrcapupcapupcupupdotuporupsurarru"
    "rarrmurlyeqprecurlyeqsuccurlyveeurlywedgeurrenurvearrowlefturvearrowrigh"
    "tuveeuwedwconintwintylctyArrHaraggeraletharrashashvbkarowblaccaroncyddag"
    "gerdarrdotseqegeltaemptyvfishtfrharlharriamiamondiamondsuitiamsieigammai"
    "sinivivideivideontimesivonxjcylcornlcropollaropfototeqoteqdototminusotpl"
    "usotsquareoublebarwedgeownarrowowndownarrowsownharpoonleftownharpoonrigh"
    "trbkarowrcornrcropscrscysolstroktdottritrifuarruharwanglezcyzigrarrDDotD"
    "otacuteastercaroncircirccoloncydotefDotfrggravegsgsdotllinterslllslsdotm"
    "acrmptymptysetmptyvmspmsp13msp14ngnspogonopfparparslpluspsipsilonpsivqci"
    "rcqcolonqsimqslantgtrqslantlessqualsquestquivquivDDqvparslrDotrarrscrsdo"
    "tsimtathumluroxclxistxpectationxponentialeallingdotseqcyemalefiligfligfl"
    "ligfriligjliglatlligltnsnofopforallorkorkvpartintrac12rac13rac14rac15rac"
    "16rac18rac23rac25rac34rac35rac38rac45rac56rac58rac78raslrownscrEElacutea"
    "mmaammadapbrevecirccydoteeleqeqqeqslantesesccesdotesdotoesdotolesleslesf"
    "rgggimeljcyllElaljnEnapnapproxneneqneqqnsimopfravescrsimsimesimlttcctcir"
    "tdottlPartquesttrapproxtrarrtrdottreqlesstreqqlesstrlesstrsimvertneqqvnE"
    "Arrairspalfamiltardcyarrarrcirarrwbarcirceartseartsuitelliperconfrksearo"
    "wkswarowoarromthtookleftarrowookrightarrowopforbarscrslashstrokybullyphe"
    "nacuteccirccyecyexclfffrgraveiiiintiintinfiniotajligmacrmagemaglinemagpa"
    "rtmathmofmpednncarenfinnfintienodotntntcalntegersntercalntlarhkntprodocy"
    "ogonopfotaprodquestscrsinsinEsindotsinssinsvsinvttildeukcyumlcirccyfrmat"
    "hopfscrsercyukcyappaappavcedilcyfrgreenhcyjcyopfscrAarrArrAtailBarrEEgHa"
    "racuteaemptyvagranambdaangangdangleapaquoarrarrbarrbfsarrfsarrhkarrlparr"
    "plarrsimarrtlatatailateatesbarrbbrkbracebrackbrkebrksldbrkslucaroncedilc"
    "eilcubcydcadquodquordrdhardrushardsheeftarroweftarrowtaileftharpoondowne"
    "ftharpoonupeftleftarrowseftrightarroweftrightarrowseftrightharpoonseftri"
    "ghtsquigarroweftthreetimesegeqeqqeqslantesesccesdotesdotoesdotoresgesges"
    "essapproxessdotesseqgtresseqqgtressgtresssimfishtfloorfrggEhardharuharul"
    "hblkjcyllarrlcornerlhardltrimidotmoustmoustachenEnapnapproxneneqneqqnsim"
    "oangoarrobrkongleftarrowongleftrightarrowongmapstoongrightarrowooparrowl"
    "eftooparrowrightoparopfoplusotimesowastowbarozozengeozfparparltrarrrcorn"
    "errharrhardrmrtrisaquoscrshsimsimesimgsqbsquosquorstrokttcctcirtdotthree"
    "timestlarrtquesttrPartritrietrifurdsharuruharvertneqqvnEDDotacralealtalt"
    "eseapapstoapstodownapstoleftapstouparkercommacydasheasuredanglefrhoicroi"
    "didastidciriddotinusinusbinusdinusdulcpldrnplusodelsopfpscrstposuultimap"
    "umapGgGtGtvLeftarrowLeftrightarrowLlLtLtvRightarrowVDashVdashablaacutean"
    "gapapEapidaposapproxaturaturalaturalsbspbumpbumpecapcaroncedilcongcongdo"
    "tcupcydasheeArrearhkearrearrowedotequivesearesimexistexistsfrgEgegeqgeqq"
    "geqslantgesgsimgtgtrhArrharrhpariisisdivjcylArrlElarrldrleleftarrowleftr"
    "ightarrowleqleqqleqslantleslesslsimltltriltriemidopfototinotinEotindotot"
    "invaotinvbotinvcotniotnivaotnivbotnivcparparallelparslpartpolintprprcuep"
    "reprecpreceqrArrrarrrarrcrarrwrightarrowrtrirtriescsccuescescrshortmidsh"
    "ortparallelsimsimesimeqsmidsparsqsubesqsupesubsubEsubesubsetsubseteqsubs"
    "eteqqsuccsucceqsupsupEsupesupsetsupseteqsupseteqqtgltildetlgtriangleleft"
    "trianglelefteqtrianglerighttrianglerightequumumeroumspvDashvHarrvapvdash"
    "vgevgtvinfinvlArrvlevltvltrievrArrvrtrievsimwArrwarhkwarrwarrowwnearSacu"
    "teastcircirccydashdblacdivdotdsoldeligfcirfrgongravegthbarhmintlarrlcirl"
    "crosslineltmacrmegamicronmidminusopfparperpplusrrarrrdrderrderofrdfrdmri"
    "gofrorrslopervscrslashsoltildetimestimesasumlvbarararaarallelarsimarslar"
    "tcyercnteriodermilerpertenkfrhihivhmmathoneiitchforkivlancklanckhlankvlu"
    "slusacirlusbluscirlusdolusduluselusmnlussimlustwomointintopfoundrrEraprc"
    "uererecrecapproxreccurlyeqreceqrecnapproxrecneqqrecnsimrecsimrimerimesrn"
    "Ernaprnsimrodrofalarroflinerofsurfroproptorsimrurelscrsiuncspfrintopfpri"
    "mescruaternionsuatintuestuestequotAarrArrAtailBarrHaraceacuteadicaemptyv"
    "angangdangeangleaquoarrarraparrbarrbfsarrcarrfsarrhkarrlparrplarrsimarrt"
    "larrwatailatioationalsbarrbbrkbracebrackbrkebrksldbrkslucaroncedilceilcu"
    "bcydcadldhardquodquordshealealineealpartealsectegfishtfloorfrhardharuhar"
    "ulhohovightarrowightarrowtailightharpoondownightharpoonupightleftarrowsi"
    "ghtleftharpoonsightrightarrowsightsquigarrowightthreetimesingisingdotseq"
    "larrlharlmmoustmoustachenmidoangoarrobrkoparopfoplusotimesparpargtppolin"
    "trarrsaquoscrshsqbsquosquorthreetimestritrietriftriltriuluharxacutebquoc"
    "cEcapcaronccuececedilcirccnEcnapcnsimcpolintcsimcydotdotbdoteeArrearhkea"
    "rrearrowectemieswaretminusetmnextfrfrownharphchcyhcyhortmidhortparallelh"
    "yigmaigmafigmavimimdotimeimeqimgimgEimlimlEimneimplusimrarrlarrmallsetmi"
    "nusmashpmeparslmidmilemtmtemtesoftcyololbolbaropfpadespadesuitparqcapqca"
    "psqcupqcupsqsubqsubeqsubsetqsubseteqqsupqsupeqsupsetqsupseteqququarequar"
    "fqufrarrscrsetmnsmilestarftartarftraightepsilontraightphitrnsububEubdotu"
    "beubedotubmultubnEubneubplusubrarrubsetubsetequbseteqqubsetnequbsetneqqu"
    "bsimubsububsupuccuccapproxucccurlyequccequccnapproxuccneqquccnsimuccsimu"
    "mungupup1up2up3upEupdotupdsubupeupedotuphsoluphsubuplarrupmultupnEupneup"
    "plusupsetupsetequpseteqqupsetnequpsetneqqupsimupsubupsupwArrwarhkwarrwar"
    "rowwnwarzligargetaubrkcaroncedilcydotelrecfrhere4hereforehetahetasymheta"
    "vhickapproxhicksimhinsphkaphksimhornildeimesimesbimesbarimesdintoeaopopb"
    "otopciropfopforkosaprimeraderiangleriangledownriangleleftrianglelefteqri"
    "angleqrianglerightrianglerighteqridotrieriminusriplusrisbritimerpeziumsc"
    "rscyshcystrokwixtwoheadleftarrowwoheadrightarrowArrHaracutearrbrcybrevec"
    "irccydarrdblacdharfishtfrgraveharlharrhblklcornlcornerlcropltrimacrmlogo"
    "nopfparrowpdownarrowpharpoonleftpharpoonrightpluspsipsihpsilonpuparrowsr"
    "cornrcornerrcropringrtriscrtdottildetritrifuarrumlwangleArrBarBarvDashan"
    "grtarepsilonarkappaarnothingarphiarpiarproptoarrarrhoarsigmaarsubsetneqa"
    "rsubsetneqqarsupsetneqarsupsetneqqarthetaartriangleleftartrianglerightcy"
    "dasheeeebareeeqelliperbarertfrltrinsubnsupopfproprtriscrsubnEsubnesupnEs"
    "upnezigzagcircedbaredgeedgeqeierpfropfprreathscrcapcirccupdtrifrhArrharr"
    "ilArrlarrmapnisodotopfoplusotimerArrrarrscrsqcupuplusutriveewedgeacuteac"
    "ycirccyenfricyopfscrucyumlacutecaroncydoteetrfetafrhcyigrarropfscrwjwnj";


/* where each name's letters begin; 32768: it may stand without its ';' */

const uint16_t  ngx_consent_entity_offsets[] = {
    32768, 32772, 32774, 11, 32784, 20, 22, 32792, 29, 33, 37, 39, 43, 46,
    32826, 62, 65, 32838, 32843, 78, 86, 89, 94, 96, 102, 111, 114, 116, 119,
    123, 126, 131, 32902, 137, 142, 144, 163, 169, 32942, 179, 183, 189, 192,
    198, 206, 208, 210, 218, 228, 237, 247, 270, 290, 304, 308, 313, 321, 326,
    340, 343, 351, 381, 385, 388, 390, 395, 396, 403, 406, 409, 412, 417, 420,
    424, 429, 431, 433, 437, 439, 454, 467, 488, 503, 518, 524, 536, 539, 541,
    546, 553, 573, 581, 595, 609, 628, 640, 658, 681, 700, 715, 728, 740, 756,
    772, 780, 791, 806, 814, 832, 848, 861, 877, 894, 908, 925, 931, 942, 950,
    953, 958, 33728, 33730, 967, 33740, 976, 978, 981, 33751, 988, 994, 998,
    1013, 1032, 1036, 1039, 1045, 1049, 1058, 1068, 1071, 1074, 33844, 1079,
    1084, 1095, 1097, 1099, 1115, 1135, 1138, 1143, 1152, 1155, 33926, 1159,
    1163, 1168, 1173, 1178, 1182, 1184, 1187, 1189, 1190, 1193, 1204, 1219,
    1234, 1247, 1257, 1273, 1284, 1287, 1288, 1293, 1297, 1299, 1303, 1305,
    1316, 1319, 1332, 1335, 1340, 1351, 1359, 1362, 1366, 34137, 34142, 1378,
    1380, 1383, 34153, 1390, 1391, 1395, 1404, 1410, 1412, 1419, 1430, 1443,
    1456, 1460, 1463, 1466, 1469, 1474, 34246, 1481, 1485, 1487, 1489, 1492,
    1495, 1500, 1504, 1507, 1510, 1514, 1519, 1521, 1523, 1526, 1529, 34300,
    1533, 1538, 1543, 1546, 1555, 1558, 1563, 1568, 1570, 1585, 1593, 1604,
    1622, 1632, 1648, 1664, 1677, 1693, 1701, 1714, 1728, 1734, 1745, 1757,
    1768, 1782, 1798, 1813, 1827, 1838, 1852, 1861, 1873, 1881, 1894, 1909,
    1921, 1931, 1938, 1951, 1959, 1961, 1962, 1971, 1976, 1988, 2005, 2018,
    2030, 2047, 2060, 2063, 2076, 2090, 2093, 2095, 2100, 2101, 2103, 2105,
    2115, 2123, 2125, 2133, 2136, 2139, 2140, 2143, 2148, 2153, 2158, 2160,
    2178, 2195, 2211, 2231, 2250, 2263, 2269, 2271, 2277, 2292, 2295, 2297,
    2308, 2316, 2335, 2344, 2351, 2363, 2371, 2380, 2394, 2412, 2428, 2441,
    2460, 2474, 2488, 2499, 2513, 2530, 2549, 2555, 2566, 2579, 2589, 2605,
    2616, 2638, 2654, 2664, 2679, 2699, 2715, 2730, 2748, 2768, 2782, 2801,
    2817, 2838, 2846, 2859, 2869, 2884, 2904, 2919, 2929, 2944, 2951, 2963,
    2979, 2991, 3004, 35775, 3012, 3013, 35785, 35790, 3026, 3028, 3033, 35803,
    3040, 3044, 3048, 3054, 3057, 3076, 3089, 3090, 35861, 35866, 3103, 35876,
    3111, 3117, 3125, 3135, 3149, 3156, 3158, 3160, 3162, 3163, 3171, 3183,
    3186, 3187, 3194, 3206, 3223, 3235, 3239, 3245, 3254, 3265, 3268, 36038,
    3273, 3275, 3278, 3281, 36053, 3287, 3292, 3295, 3298, 3303, 3308, 3313,
    3315, 3316, 3329, 3346, 3365, 3367, 3369, 3385, 3394, 3406, 3424, 3435,
    3452, 3469, 3483, 3500, 3509, 3516, 3528, 3541, 3553, 3568, 3585, 3601,
    3616, 3628, 3643, 3653, 3666, 3675, 3678, 3689, 3699, 3702, 3704, 3714,
    3719, 3722, 3727, 3732, 3733, 3738, 3743, 3747, 3749, 3751, 3764, 3777,
    3791, 3802, 3806, 3816, 3819, 3822, 3827, 3844, 3855, 3871, 3884, 3902,
    3912, 3915, 3918, 3920, 3925, 3935, 3942, 3954, 3971, 3983, 3990, 3992,
    3994, 4001, 4013, 36786, 4022, 4026, 4030, 4033, 4035, 4037, 4042, 4047,
    4049, 4051, 4059, 4063, 4072, 4080, 4084, 4093, 4106, 4115, 4118, 4126,
    4129, 36902, 4139, 4142, 4149, 4153, 36926, 4162, 4164, 4169, 36939, 4176,
    4180, 4187, 4196, 4207, 4222, 4226, 4234, 4238, 4241, 4247, 4256, 4271,
    4281, 4293, 4297, 4306, 4312, 4322, 4335, 4349, 4352, 4358, 4362, 4365,
    37138, 4373, 4377, 4380, 4382, 4386, 4391, 4393, 4398, 4401, 4411, 4422,
    4438, 4450, 4462, 4464, 4467, 4470, 4475, 4479, 4483, 4485, 4488, 4491,
    4493, 4494, 4497, 4500, 4503, 4506, 37277, 4514, 4518, 4520, 4522, 4525,
    4528, 4531, 4534, 4539, 4544, 4546, 4549, 4562, 4565, 4567, 4570, 37341,
    4578, 4583, 4584, 4586, 37356, 37360, 4596, 37366, 4602, 4603, 37373, 4610,
    4616, 4620, 4624, 4628, 37400, 4634, 4636, 4641, 4644, 4651, 4654, 4656,
    4659, 4663, 4668, 4675, 4682, 4689, 4696, 4703, 4710, 4717, 4724, 4728,
    4734, 4741, 4746, 4750, 4756, 4760, 4763, 4764, 4766, 4771, 4773, 4776,
    4779, 4784, 37559, 4795, 4798, 4800, 4804, 37578, 37583, 4818, 4825, 4829,
    4832, 4839, 4849, 4857, 4863, 4871, 4876, 4881, 4888, 4891, 4898, 4902,
    4904, 4908, 4913, 4919, 4925, 4929, 4934, 4937, 4940, 4946, 4948, 4953,
    4959, 4964, 4970, 4977, 4985, 4992, 4998, 5012, 5024, 5031, 5036, 5043,
    5048, 5059, 5069, 5081, 5097, 5113, 5130, 5134, 5138, 5142, 5146, 5150,
    5152, 5158, 5161, 5164, 5166, 5171, 5176, 5180, 5184, 5188, 5192, 5195,
    5199, 5203, 5207, 5211, 5215, 5219, 5223, 5227, 5230, 5234, 5238, 5242,
    5246, 5250, 5254, 5259, 5263, 5267, 5271, 5275, 5278, 5282, 5286, 5290,
    5294, 5301, 5307, 5314, 5318, 5322, 5326, 5330, 5333, 5337, 5341, 5345,
    5349, 5353, 5357, 5362, 38134, 5371, 5374, 5378, 5381, 5385, 5388, 5392,
    5399, 5402, 5407, 5410, 5414, 5418, 5423, 5428, 5430, 5435, 5442, 5447,
    5452, 5457, 5460, 5464, 5468, 5472, 38245, 5482, 5486, 5490, 5496, 38267,
    5503, 38277, 5512, 5520, 5522, 5525, 5529, 5537, 5539, 5541, 5544, 5547,
    5552, 5566, 5581, 5588, 5595, 5604, 5614, 5624, 5627, 5634, 5639, 5645,
    5649, 5656, 5660, 5665, 5671, 5675, 5680, 5683, 5688, 5697, 5705, 5708,
    5714, 5719, 5722, 38495, 5730, 5735, 5739, 5743, 5746, 5749, 5753, 5756,
    5760, 5764, 5770, 5776, 5780, 5784, 5789, 5795, 5797, 5804, 5809, 5814,
    5819, 5823, 5826, 5831, 5837, 5847, 5857, 5864, 38641, 5878, 5891, 5905,
    5909, 5913, 5920, 5924, 5929, 5932, 5935, 5940, 5945, 5948, 5951, 5955,
    5961, 5965, 5970, 5972, 5973, 5979, 5983, 38757, 5991, 5995, 6001, 6006,
    6008, 6012, 6016, 6019, 6025, 6035, 6039, 6041, 6047, 6051, 38821, 6058,
    6070, 6075, 6078, 6083, 6088, 6093, 6096, 6098, 6102, 6109, 6116, 6122,
    6130, 6143, 6151, 6164, 6178, 6193, 6200, 6205, 6210, 6213, 6216, 6219,
    6224, 6228, 6231, 6235, 6239, 6243, 6249, 6252, 6259, 6263, 39034, 6271,
    6276, 6281, 39052, 6288, 6293, 6295, 6298, 6299, 6303, 6305, 39074, 6311,
    6313, 6318, 6319, 6326, 6328, 6330, 6335, 6339, 6343, 6350, 6355, 6358,
    6363, 6368, 6370, 6373, 6377, 6380, 6383, 6388, 6392, 6395, 6401, 6405,
    6410, 6416, 6420, 6429, 6439, 6444, 6449, 6453, 6459, 6466, 6470, 6474,
    6477, 6481, 6484, 39254, 39256, 6491, 6494, 6497, 6501, 6511, 6522, 6534,
    6536, 6541, 6546, 6550, 6555, 6557, 6561, 6565, 6568, 6572, 6576, 6579,
    6582, 6587, 6590, 6594, 39369, 6606, 39379, 6616, 6621, 6626, 6631, 6636,
    39409, 6646, 6651, 6656, 6661, 6666, 6671, 6676, 6680, 6684, 6687, 6688,
    6690, 6695, 6699, 6704, 6706, 6711, 6715, 6717, 6720, 6721, 6723, 6725,
    6728, 6735, 6737, 6741, 6746, 6752, 6759, 6762, 6767, 6769, 6770, 6772,
    6776, 6779, 6780, 6782, 6784, 6786, 6788, 6791, 6798, 6800, 6803, 6807,
    6811, 6814, 6818, 6821, 6824, 6828, 39600, 6833, 6836, 6840, 6844, 6849,
    6855, 6863, 6868, 6873, 6881, 6890, 6896, 6901, 6909, 6912, 6915, 6920,
    6923, 6928, 6933, 6936, 6942, 6946, 6949, 6953, 6958, 6966, 6971, 6976,
    6978, 6985, 6992, 6996, 7001, 7013, 7026, 7029, 7034, 7037, 7042, 7047,
    7052, 39825, 7062, 39831, 7067, 7069, 39840, 7076, 7078, 39848, 7085, 7086,
    7091, 7095, 7100, 7104, 7108, 7112, 7116, 7123, 7130, 7134, 7137, 7141,
    7142, 7147, 7151, 7158, 7163, 7165, 7170, 7177, 7184, 7191, 7197, 7200,
    7204, 7207, 7210, 39982, 7219, 7222, 7225, 7229, 7235, 7239, 7244, 7248,
    7249, 7254, 40026, 7261, 7265, 7267, 7269, 7273, 7276, 7279, 7284, 7288,
    7292, 7297, 7302, 7304, 7306, 7311, 7314, 7317, 7320, 7323, 7327, 7330,
    7335, 7339, 7340, 7342, 7345, 7350, 7357, 7362, 7367, 7370, 7374, 7379,
    40149, 7385, 7388, 7392, 7398, 7403, 7408, 7413, 7418, 7424, 7429, 7431,
    7436, 7439, 7443, 7447, 7451, 7456, 7461, 7465, 7471, 7477, 7482, 7487,
    7491, 7494, 7496, 7499, 7503, 7508, 7514, 7521, 7524, 7525, 7533, 7545,
    7559, 7571, 7584, 7597, 7611, 7627, 7645, 7658, 7660, 7662, 7665, 7672,
    7674, 7678, 7683, 7689, 7696, 7699, 7704, 7713, 7719, 7727, 7736, 7742,
    7748, 7753, 7758, 7760, 7761, 7763, 7767, 7771, 7776, 7780, 7783, 7784,
    7788, 7795, 7800, 7804, 7809, 7814, 7823, 7825, 7828, 7835, 7837, 7840,
    7844, 7848, 7852, 7856, 7860, 7872, 7889, 7898, 7911, 7923, 7936, 7940,
    7943, 7948, 7954, 7959, 7964, 7966, 7972, 7975, 7978, 7983, 7987, 7994,
    7998, 8003, 8005, 8009, 8014, 8017, 8019, 8022, 8026, 8030, 8033, 8037,
    8042, 40815, 8048, 8051, 8055, 8059, 8064, 8069, 8074, 8080, 8085, 8088,
    8092, 8096, 8103, 8109, 8117, 8120, 40892, 8127, 8130, 8133, 8139, 8141,
    8146, 8155, 8164, 8171, 8176, 8181, 8183, 8187, 8199, 8201, 40971, 8207,
    8209, 8214, 40987, 8224, 8228, 8233, 8238, 8244, 8247, 8250, 8255, 8260,
    8263, 8264, 8267, 8272, 8273, 8280, 8284, 8286, 8288, 8291, 8300, 8314,
    8316, 8318, 8321, 8331, 8336, 8341, 8345, 8350, 8353, 8355, 8358, 8362,
    8366, 8372, 8376, 8382, 41157, 8392, 8396, 8401, 8404, 8409, 8414, 8418,
    8425, 8428, 8430, 8434, 8435, 8439, 8444, 8448, 8454, 8458, 8463, 8468,
    8472, 8477, 8483, 8485, 8487, 8489, 8492, 8496, 8504, 8507, 8511, 8513,
    8516, 8520, 8524, 8528, 8529, 8531, 8534, 8536, 8539, 8543, 8545, 8549,
    8552, 8554, 8563, 8577, 8580, 8584, 8592, 8595, 8599, 8603, 8605, 8609,
    8614, 8617, 41388, 8622, 8626, 8631, 8638, 8644, 8650, 8656, 8660, 8666,
    8672, 8678, 8681, 8689, 8694, 8698, 8704, 8706, 8711, 8714, 8718, 8724,
    8728, 8732, 8737, 8742, 8752, 8756, 8761, 8763, 8768, 8771, 8774, 8782,
    8795, 8798, 8802, 8807, 8811, 8815, 8821, 8827, 8830, 8834, 8838, 8844,
    8852, 8861, 8865, 8871, 8874, 8878, 8882, 8888, 8896, 8905, 41676, 8913,
    8916, 8928, 8942, 8955, 8970, 8971, 8973, 8978, 8982, 8987, 8992, 8995,
    9000, 9003, 9006, 9012, 9017, 9020, 9023, 9029, 9034, 9040, 9044, 9048,
    9053, 9057, 9063, 9068, 41837, 9074, 9077, 41848, 9084, 9086, 9090, 9095,
    9098, 9101, 9106, 9110, 9114, 9116, 41887, 9124, 9126, 9130, 9132, 9135,
    9139, 9143, 9149, 9153, 9155, 9159, 9163, 9169, 9172, 9177, 9180, 9183,
    9187, 9191, 9192, 9196, 9198, 9202, 41976, 41979, 9214, 9219, 9222, 9228,
    9230, 42001, 9238, 42009, 9246, 9251, 42026, 9261, 9265, 42035, 9270, 9277,
    9282, 9286, 9289, 9291, 9296, 9301, 9306, 9309, 9315, 9317, 9319, 9322,
    9327, 9331, 9332, 9340, 9342, 9347, 9353, 9358, 9361, 9368, 9372, 9378,
    9383, 9388, 42160, 9397, 9403, 9409, 9410, 9417, 42188, 9424, 9425, 9427,
    9430, 9434, 9436, 9439, 9448, 9458, 9463, 9473, 9480, 9487, 9493, 9497,
    9502, 9505, 9509, 9514, 9517, 9524, 9531, 9538, 9541, 9546, 9550, 9555,
    9558, 9560, 9565, 9567, 9570, 9573, 9578, 9581, 9591, 9597, 9601, 42375,
    9610, 9614, 9617, 9622, 9626, 9629, 9632, 9637, 9641, 9648, 9651, 9655,
    9659, 42432, 9668, 9671, 9676, 9680, 9686, 9690, 9695, 9700, 9705, 9710,
    9716, 9721, 9725, 9730, 9734, 9742, 9746, 9750, 9755, 9760, 9764, 9770,
    9776, 9781, 9786, 9790, 9793, 9795, 9798, 9804, 9808, 9813, 9816, 9819,
    9825, 9832, 9836, 42607, 9841, 9846, 9851, 9853, 9857, 9861, 9866, 9868,
    9871, 9880, 9893, 9908, 9921, 9935, 9951, 9966, 9980, 9994, 9997, 10008,
    10012, 10016, 10018, 10023, 10032, 10036, 10040, 10044, 10048, 10052, 10055,
    10060, 10066, 10069, 10074, 10081, 10085, 10090, 10093, 10095, 10098, 10102,
    10107, 10112, 10117, 10120, 10124, 10128, 10135, 10141, 10142, 10147, 10151,
    10152, 10154, 10157, 10162, 10166, 10168, 10173, 10177, 10180, 10184, 10189,
    10196, 10200, 10202, 10205, 10209, 10213, 10217, 10222, 10226, 43000, 10235,
    10238, 10243, 10250, 10254, 10257, 10259, 10264, 10268, 10273, 10276, 10283,
    43063, 10297, 10301, 10306, 10311, 10313, 10318, 10321, 10325, 10328, 10332,
    10335, 10339, 10343, 10349, 10355, 10359, 10371, 10376, 10383, 10386, 10390,
    10392, 10395, 10399, 10404, 10406, 10409, 10414, 10417, 10422, 10430, 10433,
    10437, 10442, 10446, 10451, 10455, 10460, 10467, 10476, 10480, 10485, 10492,
    10501, 10503, 10508, 10513, 10516, 10520, 10523, 10528, 10533, 10538, 10541,
    10545, 10559, 10569, 10573, 10575, 10578, 10583, 10586, 10592, 10598, 10602,
    10606, 10612, 10618, 10623, 10630, 10638, 10646, 10655, 10660, 10665, 10670,
    10673, 10682, 10692, 10697, 10707, 10714, 10721, 10727, 10729, 10732, 43502,
    43505, 43508, 10743, 10746, 10751, 10757, 10760, 10766, 10772, 10778, 10784,
    10790, 10794, 10798, 10804, 10809, 10816, 10824, 10832, 10841, 10846, 10851,
    10856, 10860, 10865, 10869, 10875, 43648, 10884, 10889, 10891, 10894, 10899,
    10904, 10906, 10909, 10914, 10916, 10921, 10929, 10933, 10940, 10945, 10955,
    10962, 10967, 10971, 43744, 10980, 43752, 10988, 10993, 11000, 11005, 11008,
    11011, 11013, 11018, 11023, 11026, 11032, 11035, 11040, 11044, 11051, 11062,
    11073, 11086, 11094, 11106, 11120, 11125, 11128, 11135, 11141, 11145, 11151,
    11158, 11161, 11164, 11168, 11173, 11177, 11192, 11208, 11211, 43982, 11219,
    11222, 11226, 43999, 11235, 11237, 11241, 11246, 11250, 11255, 44025, 11262,
    11266, 11270, 11274, 11279, 11286, 11291, 11295, 44067, 11301, 11305, 11308,
    11314, 11324, 11336, 11349, 11353, 11356, 11360, 11366, 11375, 11380, 11387,
    11392, 11396, 11400, 11403, 11407, 11412, 11415, 11419, 44191, 11426, 11432,
    11435, 11438, 11442, 11446, 11451, 11460, 11467, 11476, 11481, 11485, 11493,
    11496, 11501, 11508, 11519, 11531, 11542, 11554, 11561, 11575, 11590, 11592,
    11596, 11598, 11603, 11607, 11612, 11617, 11620, 11622, 11626, 11630, 11634,
    11637, 11641, 11645, 11648, 11653, 11658, 11663, 11668, 11674, 11678, 11683,
    11687, 11692, 11697, 11699, 11702, 11703, 11704, 11709, 11712, 11715, 11719,
    11722, 11726, 11728, 11732, 11736, 11737, 11741, 11745, 11748, 11751, 11755,
    11758, 11763, 11768, 11772, 11776, 11779, 11784, 11789, 11793, 11796, 44569,
    11806, 11809, 11813, 44583, 11817, 11819, 11822, 11825, 11828, 44599, 11834,
    11839, 11844, 11846, 11849, 11854, 11857, 11859, 11862, 11868, 11871, 11874,
    11876, 11879
};


/* each name's character; ngx_consent_entity_int.h says what is none */

const uint16_t  ngx_consent_entity_values[] = {
    0xc6, 0x26, 0xc1, 0x102, 0xc2, 0x410, 0xe104, 0xc0, 0x391, 0x100, 0x2a53,
    0x104, 0xe138, 0x2061, 0xc5, 0xe09c, 0x2254, 0xc3, 0xc4, 0x2216, 0x2ae7,
    0x2306, 0x411, 0x2235, 0x212c, 0x392, 0xe105, 0xe139, 0x2d8, 0x212c, 0x224e,
    0x427, 0xa9, 0x106, 0x22d2, 0x2145, 0x212d, 0x10c, 0xc7, 0x108, 0x2230,
    0x10a, 0xb8, 0xb7, 0x212d, 0x3a7, 0x2299, 0x2296, 0x2295, 0x2297, 0x2232,
    0x201d, 0x2019, 0x2237, 0x2a74, 0x2261, 0x222f, 0x222e, 0x2102, 0x2210,
    0x2233, 0x2a2f, 0xe09e, 0x22d3, 0x224d, 0x2145, 0x2911, 0x402, 0x405, 0x40f,
    0x2021, 0x21a1, 0x2ae4, 0x10e, 0x414, 0x2207, 0x394, 0xe107, 0xb4, 0x2d9,
    0x2dd, 0x60, 0x2dc, 0x22c4, 0x2146, 0xe13b, 0xa8, 0x20dc, 0x2250, 0x222f,
    0xa8, 0x21d3, 0x21d0, 0x21d4, 0x2ae4, 0x27f8, 0x27fa, 0x27f9, 0x21d2,
    0x22a8, 0x21d1, 0x21d5, 0x2225, 0x2193, 0x2913, 0x21f5, 0x311, 0x2950,
    0x295e, 0x21bd, 0x2956, 0x295f, 0x21c1, 0x2957, 0x22a4, 0x21a7, 0x21d3,
    0xe09f, 0x110, 0x14a, 0xd0, 0xc9, 0x11a, 0xca, 0x42d, 0x116, 0xe108, 0xc8,
    0x2208, 0x112, 0x25fb, 0x25ab, 0x118, 0xe13c, 0x395, 0x2a75, 0x2242, 0x21cc,
    0x2130, 0x2a73, 0x397, 0xcb, 0x2203, 0x2147, 0x424, 0xe109, 0x25fc, 0x25aa,
    0xe13d, 0x2200, 0x2131, 0x2131, 0x403, 0x3e, 0x393, 0x3dc, 0x11e, 0x122,
    0x11c, 0x413, 0x120, 0xe10a, 0x22d9, 0xe13e, 0x2265, 0x22db, 0x2267, 0x2aa2,
    0x2277, 0x2a7e, 0x2273, 0xe0a2, 0x226b, 0x42a, 0x2c7, 0x5e, 0x124, 0x210c,
    0x210b, 0x210d, 0x2500, 0x210b, 0x126, 0x224e, 0x224f, 0x415, 0x132, 0x401,
    0xcd, 0xce, 0x418, 0x130, 0x2111, 0xcc, 0x2111, 0x12a, 0x2148, 0x21d2,
    0x222c, 0x222b, 0x22c2, 0x2063, 0x2062, 0x12e, 0xe140, 0x399, 0x2110, 0x128,
    0x406, 0xcf, 0x134, 0x419, 0xe10d, 0xe141, 0xe0a5, 0x408, 0x404, 0x425,
    0x40c, 0x39a, 0x136, 0x41a, 0xe10e, 0xe142, 0xe0a6, 0x409, 0x3c, 0x139,
    0x39b, 0x27ea, 0x2112, 0x219e, 0x13d, 0x13b, 0x41b, 0x27e8, 0x2190, 0x21e4,
    0x21c6, 0x2308, 0x27e6, 0x2961, 0x21c3, 0x2959, 0x230a, 0x2194, 0x294e,
    0x22a3, 0x21a4, 0x295a, 0x22b2, 0x29cf, 0x22b4, 0x2951, 0x2960, 0x21bf,
    0x2958, 0x21bc, 0x2952, 0x21d0, 0x21d4, 0x22da, 0x2266, 0x2276, 0x2aa1,
    0x2a7d, 0x2272, 0xe10f, 0x22d8, 0x21da, 0x13f, 0x27f5, 0x27f7, 0x27f6,
    0x27f8, 0x27fa, 0x27f9, 0xe143, 0x2199, 0x2198, 0x2112, 0x21b0, 0x141,
    0x226a, 0x2905, 0x41c, 0x205f, 0x2133, 0xe110, 0x2213, 0xe144, 0x2133,
    0x39c, 0x40a, 0x143, 0x147, 0x145, 0x41d, 0x200b, 0x200b, 0x200b, 0x200b,
    0x226b, 0x226a, 0xa, 0xe111, 0x2060, 0xa0, 0x2115, 0x2aec, 0x2262, 0x226d,
    0x2226, 0x2209, 0x2260, 0xe800, 0x2204, 0x226f, 0x2271, 0xe801, 0xe802,
    0x2279, 0xe803, 0x2275, 0xe804, 0xe805, 0x22ea, 0xe806, 0x22ec, 0x226e,
    0x2270, 0x2278, 0xe807, 0xe808, 0x2274, 0xe809, 0xe80a, 0x2280, 0xe80b,
    0x22e0, 0x220c, 0x22eb, 0xe80c, 0x22ed, 0xe80d, 0x22e2, 0xe80e, 0x22e3,
    0xe80f, 0x2288, 0x2281, 0xe810, 0x22e1, 0xe811, 0xe812, 0x2289, 0x2241,
    0x2244, 0x2247, 0x2249, 0x2224, 0xe0a9, 0xd1, 0x39d, 0x152, 0xd3, 0xd4,
    0x41e, 0x150, 0xe112, 0xd2, 0x14c, 0x3a9, 0x39f, 0xe146, 0x201c, 0x2018,
    0x2a54, 0xe0aa, 0xd8, 0xd5, 0x2a37, 0xd6, 0x203e, 0x23de, 0x23b4, 0x23dc,
    0x2202, 0x41f, 0xe113, 0x3a6, 0x3a0, 0xb1, 0x210c, 0x2119, 0x2abb, 0x227a,
    0x2aaf, 0x227c, 0x227e, 0x2033, 0x220f, 0x2237, 0x221d, 0xe0ab, 0x3a8, 0x22,
    0xe114, 0x211a, 0xe0ac, 0x2910, 0xae, 0x154, 0x27eb, 0x21a0, 0x2916, 0x158,
    0x156, 0x420, 0x211c, 0x220b, 0x21cb, 0x296f, 0x211c, 0x3a1, 0x27e9, 0x2192,
    0x21e5, 0x21c4, 0x2309, 0x27e7, 0x295d, 0x21c2, 0x2955, 0x230b, 0x22a2,
    0x21a6, 0x295b, 0x22b3, 0x29d0, 0x22b5, 0x294f, 0x295c, 0x21be, 0x2954,
    0x21c0, 0x2953, 0x21d2, 0x211d, 0x2970, 0x21db, 0x211b, 0x21b1, 0x29f4,
    0x429, 0x428, 0x42c, 0x15a, 0x2abc, 0x160, 0x15e, 0x15c, 0x421, 0xe116,
    0x2193, 0x2190, 0x2192, 0x2191, 0x3a3, 0x2218, 0xe14a, 0x221a, 0x25a1,
    0x2293, 0x228f, 0x2291, 0x2290, 0x2292, 0x2294, 0xe0ae, 0x22c6, 0x22d0,
    0x22d0, 0x2286, 0x227b, 0x2ab0, 0x227d, 0x227f, 0x220b, 0x2211, 0x22d1,
    0x2283, 0x2287, 0x22d1, 0xde, 0x2122, 0x40b, 0x426, 0x9, 0x3a4, 0x164,
    0x162, 0x422, 0xe117, 0x2234, 0x398, 0xe813, 0x2009, 0x223c, 0x2243, 0x2245,
    0x2248, 0xe14b, 0x20db, 0xe0af, 0x166, 0xda, 0x219f, 0x2949, 0x40e, 0x16c,
    0xdb, 0x423, 0x170, 0xe118, 0xd9, 0x16a, 0x5f, 0x23df, 0x23b5, 0x23dd,
    0x22c3, 0x228e, 0x172, 0xe14c, 0x2191, 0x2912, 0x21c5, 0x2195, 0x296e,
    0x22a5, 0x21a5, 0x21d1, 0x21d5, 0x2196, 0x2197, 0x3d2, 0x3a5, 0x16e, 0xe0b0,
    0x168, 0xdc, 0x22ab, 0x2aeb, 0x412, 0x22a9, 0x2ae6, 0x22c1, 0x2016, 0x2016,
    0x2223, 0x7c, 0x2758, 0x2240, 0x200a, 0xe119, 0xe14d, 0xe0b1, 0x22aa, 0x174,
    0x22c0, 0xe11a, 0xe14e, 0xe0b2, 0xe11b, 0x39e, 0xe14f, 0xe0b3, 0x42f, 0x407,
    0x42e, 0xdd, 0x176, 0x42b, 0xe11c, 0xe150, 0xe0b4, 0x178, 0x416, 0x179,
    0x17d, 0x417, 0x17b, 0x200b, 0x396, 0x2128, 0x2124, 0xe0b5, 0xe1, 0x103,
    0x223e, 0xe814, 0x223f, 0xe2, 0xb4, 0x430, 0xe6, 0x2061, 0xe11e, 0xe0,
    0x2135, 0x2135, 0x3b1, 0x101, 0x2a3f, 0x26, 0x2227, 0x2a55, 0x2a5c, 0x2a58,
    0x2a5a, 0x2220, 0x29a4, 0x2220, 0x2221, 0x29a8, 0x29a9, 0x29aa, 0x29ab,
    0x29ac, 0x29ad, 0x29ae, 0x29af, 0x221f, 0x22be, 0x299d, 0x2222, 0xc5,
    0x237c, 0x105, 0xe152, 0x2248, 0x2a70, 0x2a6f, 0x224a, 0x224b, 0x27, 0x2248,
    0x224a, 0xe5, 0xe0b6, 0x2a, 0x2248, 0x224d, 0xe3, 0xe4, 0x2233, 0x2a11,
    0x2aed, 0x224c, 0x3f6, 0x2035, 0x223d, 0x22cd, 0x22bd, 0x2305, 0x2305,
    0x23b5, 0x23b6, 0x224c, 0x431, 0x201e, 0x2235, 0x2235, 0x29b0, 0x3f6,
    0x212c, 0x3b2, 0x2136, 0x226c, 0xe11f, 0x22c2, 0x25ef, 0x22c3, 0x2a00,
    0x2a01, 0x2a02, 0x2a06, 0x2605, 0x25bd, 0x25b3, 0x2a04, 0x22c1, 0x22c0,
    0x290d, 0x29eb, 0x25aa, 0x25b4, 0x25be, 0x25c2, 0x25b8, 0x2423, 0x2592,
    0x2591, 0x2593, 0x2588, 0xe815, 0xe816, 0x2310, 0xe153, 0x22a5, 0x22a5,
    0x22c8, 0x2557, 0x2554, 0x2556, 0x2553, 0x2550, 0x2566, 0x2569, 0x2564,
    0x2567, 0x255d, 0x255a, 0x255c, 0x2559, 0x2551, 0x256c, 0x2563, 0x2560,
    0x256b, 0x2562, 0x255f, 0x29c9, 0x2555, 0x2552, 0x2510, 0x250c, 0x2500,
    0x2565, 0x2568, 0x252c, 0x2534, 0x229f, 0x229e, 0x22a0, 0x255b, 0x2558,
    0x2518, 0x2514, 0x2502, 0x256a, 0x2561, 0x255e, 0x253c, 0x2524, 0x251c,
    0x2035, 0x2d8, 0xa6, 0xe0b7, 0x204f, 0x223d, 0x22cd, 0x5c, 0x29c5, 0x27c8,
    0x2022, 0x2022, 0x224e, 0x2aae, 0x224f, 0x224f, 0x107, 0x2229, 0x2a44,
    0x2a49, 0x2a4b, 0x2a47, 0x2a40, 0xe817, 0x2041, 0x2c7, 0x2a4d, 0x10d, 0xe7,
    0x109, 0x2a4c, 0x2a50, 0x10b, 0xb8, 0x29b2, 0xa2, 0xb7, 0xe120, 0x447,
    0x2713, 0x2713, 0x3c7, 0x25cb, 0x29c3, 0x2c6, 0x2257, 0x21ba, 0x21bb, 0xae,
    0x24c8, 0x229b, 0x229a, 0x229d, 0x2257, 0x2a10, 0x2aef, 0x29c2, 0x2663,
    0x2663, 0x3a, 0x2254, 0x2254, 0x2c, 0x40, 0x2201, 0x2218, 0x2201, 0x2102,
    0x2245, 0x2a6d, 0x222e, 0xe154, 0x2210, 0xa9, 0x2117, 0x21b5, 0x2717,
    0xe0b8, 0x2acf, 0x2ad1, 0x2ad0, 0x2ad2, 0x22ef, 0x2938, 0x2935, 0x22de,
    0x22df, 0x21b6, 0x293d, 0x222a, 0x2a48, 0x2a46, 0x2a4a, 0x228d, 0x2a45,
    0xe818, 0x21b7, 0x293c, 0x22de, 0x22df, 0x22ce, 0x22cf, 0xa4, 0x21b6,
    0x21b7, 0x22ce, 0x22cf, 0x2232, 0x2231, 0x232d, 0x21d3, 0x2965, 0x2020,
    0x2138, 0x2193, 0x2010, 0x22a3, 0x290f, 0x2dd, 0x10f, 0x434, 0x2146, 0x2021,
    0x21ca, 0x2a77, 0xb0, 0x3b4, 0x29b1, 0x297f, 0xe121, 0x21c3, 0x21c2, 0x22c4,
    0x22c4, 0x2666, 0x2666, 0xa8, 0x3dd, 0x22f2, 0xf7, 0xf7, 0x22c7, 0x22c7,
    0x452, 0x231e, 0x230d, 0x24, 0xe155, 0x2d9, 0x2250, 0x2251, 0x2238, 0x2214,
    0x22a1, 0x2306, 0x2193, 0x21ca, 0x21c3, 0x21c2, 0x2910, 0x231f, 0x230c,
    0xe0b9, 0x455, 0x29f6, 0x111, 0x22f1, 0x25bf, 0x25be, 0x21f5, 0x296f,
    0x29a6, 0x45f, 0x27ff, 0x2a77, 0x2251, 0xe9, 0x2a6e, 0x11b, 0x2256, 0xea,
    0x2255, 0x44d, 0x117, 0x2147, 0x2252, 0xe122, 0x2a9a, 0xe8, 0x2a96, 0x2a98,
    0x2a99, 0x23e7, 0x2113, 0x2a95, 0x2a97, 0x113, 0x2205, 0x2205, 0x2205,
    0x2003, 0x2004, 0x2005, 0x14b, 0x2002, 0x119, 0xe156, 0x22d5, 0x29e3,
    0x2a71, 0x3b5, 0x3b5, 0x3f5, 0x2256, 0x2255, 0x2242, 0x2a96, 0x2a95, 0x3d,
    0x225f, 0x2261, 0x2a78, 0x29e5, 0x2253, 0x2971, 0x212f, 0x2250, 0x2242,
    0x3b7, 0xf0, 0xeb, 0x20ac, 0x21, 0x2203, 0x2130, 0x2147, 0x2252, 0x444,
    0x2640, 0xfb03, 0xfb00, 0xfb04, 0xe123, 0xfb01, 0xe819, 0x266d, 0xfb02,
    0x25b1, 0x192, 0xe157, 0x2200, 0x22d4, 0x2ad9, 0x2a0d, 0xbd, 0x2153, 0xbc,
    0x2155, 0x2159, 0x215b, 0x2154, 0x2156, 0xbe, 0x2157, 0x215c, 0x2158,
    0x215a, 0x215d, 0x215e, 0x2044, 0x2322, 0xe0bb, 0x2267, 0x2a8c, 0x1f5,
    0x3b3, 0x3dd, 0x2a86, 0x11f, 0x11d, 0x433, 0x121, 0x2265, 0x22db, 0x2265,
    0x2267, 0x2a7e, 0x2a7e, 0x2aa9, 0x2a80, 0x2a82, 0x2a84, 0xe81a, 0x2a94,
    0xe124, 0x226b, 0x22d9, 0x2137, 0x453, 0x2277, 0x2a92, 0x2aa5, 0x2aa4,
    0x2269, 0x2a8a, 0x2a8a, 0x2a88, 0x2a88, 0x2269, 0x22e7, 0xe158, 0x60,
    0x210a, 0x2273, 0x2a8e, 0x2a90, 0x3e, 0x2aa7, 0x2a7a, 0x22d7, 0x2995,
    0x2a7c, 0x2a86, 0x2978, 0x22d7, 0x22db, 0x2a8c, 0x2277, 0x2273, 0xe81b,
    0xe81c, 0x21d4, 0x200a, 0xbd, 0x210b, 0x44a, 0x2194, 0x2948, 0x21ad, 0x210f,
    0x125, 0x2665, 0x2665, 0x2026, 0x22b9, 0xe125, 0x2925, 0x2926, 0x21ff,
    0x223b, 0x21a9, 0x21aa, 0xe159, 0x2015, 0xe0bd, 0x210f, 0x127, 0x2043,
    0x2010, 0xed, 0x2063, 0xee, 0x438, 0x435, 0xa1, 0x21d4, 0xe126, 0xec,
    0x2148, 0x2a0c, 0x222d, 0x29dc, 0x2129, 0x133, 0x12b, 0x2111, 0x2110,
    0x2111, 0x131, 0x22b7, 0x1b5, 0x2208, 0x2105, 0x221e, 0x29dd, 0x131, 0x222b,
    0x22ba, 0x2124, 0x22ba, 0x2a17, 0x2a3c, 0x451, 0x12f, 0xe15a, 0x3b9, 0x2a3c,
    0xbf, 0xe0be, 0x2208, 0x22f9, 0x22f5, 0x22f4, 0x22f3, 0x2208, 0x2062, 0x129,
    0x456, 0xef, 0x135, 0x439, 0xe127, 0x237, 0xe15b, 0xe0bf, 0x458, 0x454,
    0x3ba, 0x3f0, 0x137, 0x43a, 0xe128, 0x138, 0x445, 0x45c, 0xe15c, 0xe0c0,
    0x21da, 0x21d0, 0x291b, 0x290e, 0x2266, 0x2a8b, 0x2962, 0x13a, 0x29b4,
    0x2112, 0x3bb, 0x27e8, 0x2991, 0x27e8, 0x2a85, 0xab, 0x2190, 0x21e4, 0x291f,
    0x291d, 0x21a9, 0x21ab, 0x2939, 0x2973, 0x21a2, 0x2aab, 0x2919, 0x2aad,
    0xe81d, 0x290c, 0x2772, 0x7b, 0x5b, 0x298b, 0x298f, 0x298d, 0x13e, 0x13c,
    0x2308, 0x7b, 0x43b, 0x2936, 0x201c, 0x201e, 0x2967, 0x294b, 0x21b2, 0x2264,
    0x2190, 0x21a2, 0x21bd, 0x21bc, 0x21c7, 0x2194, 0x21c6, 0x21cb, 0x21ad,
    0x22cb, 0x22da, 0x2264, 0x2266, 0x2a7d, 0x2a7d, 0x2aa8, 0x2a7f, 0x2a81,
    0x2a83, 0xe81e, 0x2a93, 0x2a85, 0x22d6, 0x22da, 0x2a8b, 0x2276, 0x2272,
    0x297c, 0x230a, 0xe129, 0x2276, 0x2a91, 0x21bd, 0x21bc, 0x296a, 0x2584,
    0x459, 0x226a, 0x21c7, 0x231e, 0x296b, 0x25fa, 0x140, 0x23b0, 0x23b0,
    0x2268, 0x2a89, 0x2a89, 0x2a87, 0x2a87, 0x2268, 0x22e6, 0x27ec, 0x21fd,
    0x27e6, 0x27f5, 0x27f7, 0x27fc, 0x27f6, 0x21ab, 0x21ac, 0x2985, 0xe15d,
    0x2a2d, 0x2a34, 0x2217, 0x5f, 0x25ca, 0x25ca, 0x29eb, 0x28, 0x2993, 0x21c6,
    0x231f, 0x21cb, 0x296d, 0x200e, 0x22bf, 0x2039, 0xe0c1, 0x21b0, 0x2272,
    0x2a8d, 0x2a8f, 0x5b, 0x2018, 0x201a, 0x142, 0x3c, 0x2aa6, 0x2a79, 0x22d6,
    0x22cb, 0x22c9, 0x2976, 0x2a7b, 0x2996, 0x25c3, 0x22b4, 0x25c2, 0x294a,
    0x2966, 0xe81f, 0xe820, 0x223a, 0xaf, 0x2642, 0x2720, 0x2720, 0x21a6,
    0x21a6, 0x21a7, 0x21a4, 0x21a5, 0x25ae, 0x2a29, 0x43c, 0x2014, 0x2221,
    0xe12a, 0x2127, 0xb5, 0x2223, 0x2a, 0x2af0, 0xb7, 0x2212, 0x229f, 0x2238,
    0x2a2a, 0x2adb, 0x2026, 0x2213, 0x22a7, 0xe15e, 0x2213, 0xe0c2, 0x223e,
    0x3bc, 0x22b8, 0x22b8, 0xe821, 0xe822, 0xe823, 0x21cd, 0x21ce, 0xe824,
    0xe825, 0xe826, 0x21cf, 0x22af, 0x22ae, 0x2207, 0x144, 0xe827, 0x2249,
    0xe828, 0xe829, 0x149, 0x2249, 0x266e, 0x266e, 0x2115, 0xa0, 0xe82a, 0xe82b,
    0x2a43, 0x148, 0x146, 0x2247, 0xe82c, 0x2a42, 0x43d, 0x2013, 0x2260, 0x21d7,
    0x2924, 0x2197, 0x2197, 0xe82d, 0x2262, 0x2928, 0xe82e, 0x2204, 0x2204,
    0xe12b, 0xe82f, 0x2271, 0x2271, 0xe830, 0xe831, 0xe832, 0x2275, 0x226f,
    0x226f, 0x21ce, 0x21ae, 0x2af2, 0x220b, 0x22fc, 0x22fa, 0x220b, 0x45a,
    0x21cd, 0xe833, 0x219a, 0x2025, 0x2270, 0x219a, 0x21ae, 0x2270, 0xe834,
    0xe835, 0xe836, 0x226e, 0x2274, 0x226e, 0x22ea, 0x22ec, 0x2224, 0xe15f,
    0xac, 0x2209, 0xe837, 0xe838, 0x2209, 0x22f7, 0x22f6, 0x220c, 0x220c,
    0x22fe, 0x22fd, 0x2226, 0x2226, 0xe839, 0xe83a, 0x2a14, 0x2280, 0x22e0,
    0xe83b, 0x2280, 0xe83c, 0x21cf, 0x219b, 0xe83d, 0xe83e, 0x219b, 0x22eb,
    0x22ed, 0x2281, 0x22e1, 0xe83f, 0xe0c3, 0x2224, 0x2226, 0x2241, 0x2244,
    0x2244, 0x2224, 0x2226, 0x22e2, 0x22e3, 0x2284, 0xe840, 0x2288, 0xe841,
    0x2288, 0xe842, 0x2281, 0xe843, 0x2285, 0xe844, 0x2289, 0xe845, 0x2289,
    0xe846, 0x2279, 0xf1, 0x2278, 0x22ea, 0x22ec, 0x22eb, 0x22ed, 0x3bd, 0x23,
    0x2116, 0x2007, 0x22ad, 0x2904, 0xe847, 0x22ac, 0xe848, 0xe849, 0x29de,
    0x2902, 0xe84a, 0xe84b, 0xe84c, 0x2903, 0xe84d, 0xe84e, 0x21d6, 0x2923,
    0x2196, 0x2196, 0x2927, 0x24c8, 0xf3, 0x229b, 0x229a, 0xf4, 0x43e, 0x229d,
    0x151, 0x2a38, 0x2299, 0x29bc, 0x153, 0x29bf, 0xe12c, 0x2db, 0xf2, 0x29c1,
    0x29b5, 0x3a9, 0x222e, 0x21ba, 0x29be, 0x29bb, 0x203e, 0x29c0, 0x14d, 0x3c9,
    0x3bf, 0x29b6, 0x2296, 0xe160, 0x29b7, 0x29b9, 0x2295, 0x2228, 0x21bb,
    0x2a5d, 0x2134, 0x2134, 0xaa, 0xba, 0x22b6, 0x2a56, 0x2a57, 0x2a5b, 0x2134,
    0xf8, 0x2298, 0xf5, 0x2297, 0x2a36, 0xf6, 0x233d, 0x2225, 0xb6, 0x2225,
    0x2af3, 0x2afd, 0x2202, 0x43f, 0x25, 0x2e, 0x2030, 0x22a5, 0x2031, 0xe12d,
    0x3c6, 0x3d5, 0x2133, 0x260e, 0x3c0, 0x22d4, 0x3d6, 0x210f, 0x210e, 0x210f,
    0x2b, 0x2a23, 0x229e, 0x2a22, 0x2214, 0x2a25, 0x2a72, 0xb1, 0x2a26, 0x2a27,
    0xb1, 0x2a15, 0xe161, 0xa3, 0x227a, 0x2ab3, 0x2ab7, 0x227c, 0x2aaf, 0x227a,
    0x2ab7, 0x227c, 0x2aaf, 0x2ab9, 0x2ab5, 0x22e8, 0x227e, 0x2032, 0x2119,
    0x2ab5, 0x2ab9, 0x22e8, 0x220f, 0x232e, 0x2312, 0x2313, 0x221d, 0x221d,
    0x227e, 0x22b0, 0xe0c5, 0x3c8, 0x2008, 0xe12e, 0x2a0c, 0xe162, 0x2057,
    0xe0c6, 0x210d, 0x2a16, 0x3f, 0x225f, 0x22, 0x21db, 0x21d2, 0x291c, 0x290f,
    0x2964, 0xe84f, 0x155, 0x221a, 0x29b3, 0x27e9, 0x2992, 0x29a5, 0x27e9, 0xbb,
    0x2192, 0x2975, 0x21e5, 0x2920, 0x2933, 0x291e, 0x21aa, 0x21ac, 0x2945,
    0x2974, 0x21a3, 0x219d, 0x291a, 0x2236, 0x211a, 0x290d, 0x2773, 0x7d, 0x5d,
    0x298c, 0x298e, 0x2990, 0x159, 0x157, 0x2309, 0x7d, 0x440, 0x2937, 0x2969,
    0x201d, 0x201d, 0x21b3, 0x211c, 0x211b, 0x211c, 0x211d, 0x25ad, 0xae,
    0x297d, 0x230b, 0xe12f, 0x21c1, 0x21c0, 0x296c, 0x3c1, 0x3f1, 0x2192,
    0x21a3, 0x21c1, 0x21c0, 0x21c4, 0x21cc, 0x21c9, 0x219d, 0x22cc, 0x2da,
    0x2253, 0x21c4, 0x21cc, 0x200f, 0x23b1, 0x23b1, 0x2aee, 0x27ed, 0x21fe,
    0x27e7, 0x2986, 0xe163, 0x2a2e, 0x2a35, 0x29, 0x2994, 0x2a12, 0x21c9,
    0x203a, 0xe0c7, 0x21b1, 0x5d, 0x2019, 0x2019, 0x22cc, 0x22ca, 0x25b9,
    0x22b5, 0x25b8, 0x29ce, 0x2968, 0x211e, 0x15b, 0x201a, 0x227b, 0x2ab4,
    0x2ab8, 0x161, 0x227d, 0x2ab0, 0x15f, 0x15d, 0x2ab6, 0x2aba, 0x22e9, 0x2a13,
    0x227f, 0x441, 0x22c5, 0x22a1, 0x2a66, 0x21d8, 0x2925, 0x2198, 0x2198, 0xa7,
    0x3b, 0x2929, 0x2216, 0x2216, 0x2736, 0xe130, 0x2322, 0x266f, 0x449, 0x448,
    0x2223, 0x2225, 0xad, 0x3c3, 0x3c2, 0x3c2, 0x223c, 0x2a6a, 0x2243, 0x2243,
    0x2a9e, 0x2aa0, 0x2a9d, 0x2a9f, 0x2246, 0x2a24, 0x2972, 0x2190, 0x2216,
    0x2a33, 0x29e4, 0x2223, 0x2323, 0x2aaa, 0x2aac, 0xe850, 0x44c, 0x2f, 0x29c4,
    0x233f, 0xe164, 0x2660, 0x2660, 0x2225, 0x2293, 0xe851, 0x2294, 0xe852,
    0x228f, 0x2291, 0x228f, 0x2291, 0x2290, 0x2292, 0x2290, 0x2292, 0x25a1,
    0x25a1, 0x25aa, 0x25aa, 0x2192, 0xe0c8, 0x2216, 0x2323, 0x22c6, 0x2606,
    0x2605, 0x3f5, 0x3d5, 0xaf, 0x2282, 0x2ac5, 0x2abd, 0x2286, 0x2ac3, 0x2ac1,
    0x2acb, 0x228a, 0x2abf, 0x2979, 0x2282, 0x2286, 0x2ac5, 0x228a, 0x2acb,
    0x2ac7, 0x2ad5, 0x2ad3, 0x227b, 0x2ab8, 0x227d, 0x2ab0, 0x2aba, 0x2ab6,
    0x22e9, 0x227f, 0x2211, 0x266a, 0x2283, 0xb9, 0xb2, 0xb3, 0x2ac6, 0x2abe,
    0x2ad8, 0x2287, 0x2ac4, 0x27c9, 0x2ad7, 0x297b, 0x2ac2, 0x2acc, 0x228b,
    0x2ac0, 0x2283, 0x2287, 0x2ac6, 0x228b, 0x2acc, 0x2ac8, 0x2ad4, 0x2ad6,
    0x21d9, 0x2926, 0x2199, 0x2199, 0x292a, 0xdf, 0x2316, 0x3c4, 0x23b4, 0x165,
    0x163, 0x442, 0x20db, 0x2315, 0xe131, 0x2234, 0x2234, 0x3b8, 0x3d1, 0x3d1,
    0x2248, 0x223c, 0x2009, 0x2248, 0x223c, 0xfe, 0x2dc, 0xd7, 0x22a0, 0x2a31,
    0x2a30, 0x222d, 0x2928, 0x22a4, 0x2336, 0x2af1, 0xe165, 0x2ada, 0x2929,
    0x2034, 0x2122, 0x25b5, 0x25bf, 0x25c3, 0x22b4, 0x225c, 0x25b9, 0x22b5,
    0x25ec, 0x225c, 0x2a3a, 0x2a39, 0x29cd, 0x2a3b, 0x23e2, 0xe0c9, 0x446,
    0x45b, 0x167, 0x226c, 0x219e, 0x21a0, 0x21d1, 0x2963, 0xfa, 0x2191, 0x45e,
    0x16d, 0xfb, 0x443, 0x21c5, 0x171, 0x296e, 0x297e, 0xe132, 0xf9, 0x21bf,
    0x21be, 0x2580, 0x231c, 0x231c, 0x230f, 0x25f8, 0x16b, 0xa8, 0x173, 0xe166,
    0x2191, 0x2195, 0x21bf, 0x21be, 0x228e, 0x3c5, 0x3d2, 0x3c5, 0x21c8, 0x231d,
    0x231d, 0x230e, 0x16f, 0x25f9, 0xe0ca, 0x22f0, 0x169, 0x25b5, 0x25b4,
    0x21c8, 0xfc, 0x29a7, 0x21d5, 0x2ae8, 0x2ae9, 0x22a8, 0x299c, 0x3f5, 0x3f0,
    0x2205, 0x3d5, 0x3d6, 0x221d, 0x2195, 0x3f1, 0x3c2, 0xe853, 0xe854, 0xe855,
    0xe856, 0x3d1, 0x22b2, 0x22b3, 0x432, 0x22a2, 0x2228, 0x22bb, 0x225a,
    0x22ee, 0x7c, 0x7c, 0xe133, 0x22b2, 0xe857, 0xe858, 0xe167, 0x221d, 0x22b3,
    0xe0cb, 0xe859, 0xe85a, 0xe85b, 0xe85c, 0x299a, 0x175, 0x2a5f, 0x2227,
    0x2259, 0x2118, 0xe134, 0xe168, 0x2118, 0x2240, 0x2240, 0xe0cc, 0x22c2,
    0x25ef, 0x22c3, 0x25bd, 0xe135, 0x27fa, 0x27f7, 0x3be, 0x27f8, 0x27f5,
    0x27fc, 0x22fb, 0x2a00, 0xe169, 0x2a01, 0x2a02, 0x27f9, 0x27f6, 0xe0cd,
    0x2a06, 0x2a04, 0x25b3, 0x22c1, 0x22c0, 0xfd, 0x44f, 0x177, 0x44b, 0xa5,
    0xe136, 0x457, 0xe16a, 0xe0ce, 0x44e, 0xff, 0x17a, 0x17e, 0x437, 0x17c,
    0x2128, 0x3b6, 0xe137, 0x436, 0x21dd, 0xe16b, 0xe0cf, 0x200d, 0x200c
};


const uint16_t  ngx_consent_entity_pairs[][2] = {
    { 0x2242, 0x0338 }, { 0x2267, 0x0338 }, { 0x226b, 0x0338 },
    { 0x2a7e, 0x0338 }, { 0x224e, 0x0338 }, { 0x224f, 0x0338 },
    { 0x29cf, 0x0338 }, { 0x226a, 0x0338 }, { 0x2a7d, 0x0338 },
    { 0x2aa2, 0x0338 }, { 0x2aa1, 0x0338 }, { 0x2aaf, 0x0338 },
    { 0x29d0, 0x0338 }, { 0x228f, 0x0338 }, { 0x2290, 0x0338 },
    { 0x2282, 0x20d2 }, { 0x2ab0, 0x0338 }, { 0x227f, 0x0338 },
    { 0x2283, 0x20d2 }, { 0x205f, 0x200a }, { 0x223e, 0x0333 },
    { 0x003d, 0x20e5 }, { 0x2261, 0x20e5 }, { 0x2229, 0xfe00 },
    { 0x222a, 0xfe00 }, { 0x0066, 0x006a }, { 0x22db, 0xfe00 },
    { 0x2269, 0xfe00 }, { 0x2269, 0xfe00 }, { 0x2aad, 0xfe00 },
    { 0x22da, 0xfe00 }, { 0x2268, 0xfe00 }, { 0x2268, 0xfe00 },
    { 0x22d9, 0x0338 }, { 0x226b, 0x20d2 }, { 0x226b, 0x0338 },
    { 0x22d8, 0x0338 }, { 0x226a, 0x20d2 }, { 0x226a, 0x0338 },
    { 0x2220, 0x20d2 }, { 0x2a70, 0x0338 }, { 0x224b, 0x0338 },
    { 0x224e, 0x0338 }, { 0x224f, 0x0338 }, { 0x2a6d, 0x0338 },
    { 0x2250, 0x0338 }, { 0x2242, 0x0338 }, { 0x2267, 0x0338 },
    { 0x2267, 0x0338 }, { 0x2a7e, 0x0338 }, { 0x2a7e, 0x0338 },
    { 0x2266, 0x0338 }, { 0x2266, 0x0338 }, { 0x2a7d, 0x0338 },
    { 0x2a7d, 0x0338 }, { 0x22f9, 0x0338 }, { 0x22f5, 0x0338 },
    { 0x2afd, 0x20e5 }, { 0x2202, 0x0338 }, { 0x2aaf, 0x0338 },
    { 0x2aaf, 0x0338 }, { 0x2933, 0x0338 }, { 0x219d, 0x0338 },
    { 0x2ab0, 0x0338 }, { 0x2ac5, 0x0338 }, { 0x2282, 0x20d2 },
    { 0x2ac5, 0x0338 }, { 0x2ab0, 0x0338 }, { 0x2ac6, 0x0338 },
    { 0x2283, 0x20d2 }, { 0x2ac6, 0x0338 }, { 0x224d, 0x20d2 },
    { 0x2265, 0x20d2 }, { 0x003e, 0x20d2 }, { 0x2264, 0x20d2 },
    { 0x003c, 0x20d2 }, { 0x22b4, 0x20d2 }, { 0x22b5, 0x20d2 },
    { 0x223c, 0x20d2 }, { 0x223d, 0x0331 }, { 0x2aac, 0xfe00 },
    { 0x2293, 0xfe00 }, { 0x2294, 0xfe00 }, { 0x228a, 0xfe00 },
    { 0x2acb, 0xfe00 }, { 0x228b, 0xfe00 }, { 0x2acc, 0xfe00 },
    { 0x2282, 0x20d2 }, { 0x2283, 0x20d2 }, { 0x2acb, 0xfe00 },
    { 0x228a, 0xfe00 }, { 0x2acc, 0xfe00 }, { 0x228b, 0xfe00 }
};
