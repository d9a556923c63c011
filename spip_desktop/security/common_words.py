"""Words a guesser of French passphrases tries first, commonest first; `zxcvbn` itself only knows English."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.split()))


SERVICE_WORDS = _words("""
spip cpip dpip prison insertion probation justice pénitentiaire penitentiaire détention detention
écrou ecrou maison arrêt arret centre antenne milieu ouvert fermé ferme conseiller conseillère
conseillere directeur directrice surveillant greffe juge tribunal parquet disp dap ministère
ministere appi genesis pacep cellule barreaux évasion evasion liberté liberte peine sursis bracelet
permission desktop
""")

COMMON_WORDS = _words("""
motdepasse passe mot azerty azertyuiop qsdfghjklm wxcvbn bonjour soleil amour chouchou doudou loulou
coucou marseille paris lyon toulouse bordeaux lille nantes france french bretagne corse vacances
secret ordinateur bureau travail maison famille enfant enfants maman papa mamie papy chat chien
cheval tigre dragon lapin princesse football musique voiture moto camion bateau voyage plage
montagne jardin fleur rose cerise fraise chocolat nutella gateau café cafe biere vin fromage argent
banque loto pastis hello toto titi tata lundi mardi mercredi jeudi vendredi samedi dimanche janvier
février fevrier mars avril mai juin juillet août aout septembre octobre novembre décembre decembre
printemps été ete automne hiver année annee jour semaine mois nicolas julien camille thomas marie
sophie isabelle nathalie sandrine stéphanie stephanie céline celine aurélie laura sarah emma léa lea
chloé chloe manon jean pierre michel philippe alain bernard christophe david daniel alexandre maxime
antoine kevin sébastien sebastien guillaume mathieu vincent olivier laurent patrick pascal dubois
martin petit durand leroy moreau simon lefebvre garcia bertrand roux je tu il elle nous vous ils
elles le la les un une des du de mon ma mes ton ta tes son sa ses notre votre leur et ou où mais
donc car ni que qui quoi dans sur sous avec sans pour par chez vers entre avant après apres suis es
est sommes êtes etes sont ai as avons avez ont aime adore veux peux dois vais fait faire être etre
avoir bien mal bon bonne beau belle grand petite nouveau nouvelle vieux jeune noir blanc rouge bleu
vert jaune oui non merci salut ami amie copain vie mort dieu monde ciel mer terre eau feu nuit matin
soir temps heure zéro zero deux trois quatre cinq six sept huit neuf dix onze douze treize vingt
cent mille administrateur admin utilisateur compte session ouvrir ouverture windows bienvenue sesame
sésame
""")
