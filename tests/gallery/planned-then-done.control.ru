# A plan to send 500, and a later report that 500 of the same sender have arrived; the conflict is invented.
PREFIX kg: <https://w3id.org/conflict-claims/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT DATA {
  kg:actor_norland rdfs:label "Norland"@en .
  kg:claim_plan kg:deploymentStatus kg:deployment-status-planned ; kg:sender kg:actor_norland ; kg:best 500 ;
    kg:evidence kg:evidence_plan .
  kg:claim_report kg:deploymentStatus kg:deployment-status-arrived ; kg:sender kg:actor_norland ; kg:best 500 ;
    kg:evidence kg:evidence_report .
  kg:evidence_plan kg:words "will send 500 men" .
  kg:evidence_report kg:words "500 men arrived" .
}
