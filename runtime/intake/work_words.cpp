// The vocabulary of jobs; see intent.h. Written for this program from general knowledge; the words only tell a request
// from small talk and pick the sentence a title is made of, no value comes out of them.
#include <algorithm>

#include "intake/intent.h"
#include "reader/lexicon.h"

namespace deskhand::intake {
namespace {

// Beginnings of words, so that "leak" is also leaks, leaking and leaky.
constexpr std::string_view kStems =
    "leak clog drain faucet toilet shower bathtub plumb sewer sewage septic heater boiler furnace radiator thermostat "
    "backflow "
    "repip gasline waterline hosebib spigot sump garbage dispos dishwash washer dryer fridge refrigerat freezer oven "
    "stove "
    "gutter roof shingl chimney siding window screen garage fence deck patio porch drywall plaster paint wallpaper "
    "tiling tile "
    "grout floor carpet hardwood laminat kitchen bathroom basement attic crawlspace remodel renovat addition construct "
    "demol "
    "install repair replac reattach unclog rewir wiring electric outlet breaker panel circuit lighting chandelier "
    "generator charger "
    "insulat ductwork furnac compressor refriger ventilat humidif heating cooling freon "
    "landscap lawn mow irrigat sprinkler mulch prun hedge stump arbor weed sod snow pest termite roach rodent mice "
    "bedbug wasp exterminat "
    "clean housekeep janitor powerwash pressurewash laundr handyman handyperson carpent cabinet countertop granit "
    "masonry brick concret driveway pav asphalt foundation mold mildew asbestos "
    "locksmith rekey lock alarm camera securit "
    "botox filler laser wrinkl acne scar peel microneedl facial inject skin rash mole tattoo melasma rosacea hydrafac "
    "dermat aesthet cosmet lip brow lash wax hair highlight balayage haircut manicur pedicur massage tooth teeth "
    "dental dentist crown cavity implant filling braces invisalign cleaning whiten checkup exam treatment consult "
    "appoint physio therap chiropract vaccin groom "
    "websit webpage homepag landing wordpress shopify ecommerce logo brand rebrand design redesign redo campaign "
    "advert marketing photograph photoshoot headshot video videograph brochure flyer packag illustrat copywrit "
    "newsletter seo launch migrat hosting signage "
    "wedding event cater photo dj tutor lesson class train coach move moving haul junk storage deliver tow brake tire "
    "engine transmission oil detail dent windshield "
    "custod divorc attorney lawyer legal lawsuit probat immigra bankrupt injur accident notar evict mediat trademark bookkeep payroll turnover "
    "estimate quote pricing inspect diagnos servic maintenanc tuneup emergency flood burst broke broken crack drip "
    "overflow stink smell odor noise rattl stopped jammed stuck damag rust "
    // Spanish
    "fuga goteo gotea tuberia caneria desague inodoro fregadero lavabo grifo ducha calentador caldera calefaccion "
    "plomer fontaner instalar reparar arreglar cambiar presupuesto cotizacion cita limpieza pintura techo ventana "
    "jardin podar poda cesped mudanza reforma cristal persiana cerrajer azulej limpiar limpie arbol divorcio abogad "
    "cocina bano electric tratamiento consulta depila manchas pagina logotipo "
    // German
    "rohr leck undicht tropf verstopf abfluss heizung boiler therme wasserhahn toilette dusche badewanne waschbecken "
    "steckdos beleuchtung elektr wallbox photovoltaik sicherung strom kabel umzug garten zaun pflaster fliese boden tapete fassade "
    "dammung zahlerschrank schlosser anwalt scheidung "
    "klempner sanitar einbau reparatur reparier austausch montage angebot kostenvoranschlag termin behandlung beratung "
    "webseite homepag website renovier dach fenster kuche badezimmer streichen maler reinigung "
    // French
    "fuite plombier robinet chauffe chaudiere canalisation bouch devis rendez depann installation repar remplac "
    "facade ravalement enduit carrelage jardin serrur menuis peintre repeindre volet plafond electri divorce avocat papier "
    "toiture peinture nettoyage rendezvous soin epilation site";

// Words that mean a job only as a whole.
constexpr std::string_view kWhole =
    "ac hvac sink sinks tub pipe pipes pump tank gas water valve hose meter door doors wall walls ceiling stairs steps "
    "gate tree trees yard garden "
    "pool spa hot heat cold air unit fan duct ducts light lights switch plug socket wire power fuse ev ants ant rats "
    "bugs bees "
    "fix fixed fixing fixes job jobs work project projects paint bath bed trim mount hang assemble seal caulk nail "
    "nails color cut "
    "shop checkout catalog mri xray pain swelling mole moles wart lesion ad ads site logo app print sign signs shoot "
    "film edit blog store "
    "bano agua aire luz obra cita baño bad wasser gas strom bain eau gaz chauffage";

const reader::WordSet& stems() {
  static const reader::WordSet words(kStems);
  return words;
}

}  // namespace

bool is_work_word(std::string_view folded) {
  static const reader::WordSet whole(kWhole);
  if (whole.has(folded)) return true;
  // Stems are sorted: the one that begins the word stands just before where the word would, or near above it.
  const auto& list = stems().words();
  auto place = std::upper_bound(list.begin(), list.end(), folded);
  for (int step = 0; step < 4 && place != list.begin(); ++step) {
    --place;
    const bool may_go_on = place->size() >= 4 || folded.size() <= place->size() + 1;
    if (folded.starts_with(*place) && may_go_on && folded.size() <= place->size() + 8) return true;
  }
  return false;
}

}  // namespace deskhand::intake
