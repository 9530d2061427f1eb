"""An invented kind with nothing of negotiations: ships, who sails on them, reports of it."""

from __future__ import annotations

import yaml

from monitor.kinds.reading import read_kind

KIND_TEXT = """\
title: Voyages
type: object
properties:
  crews:
    title: Crews
    type: array
    x-key: [ship]
    items:
      x-label: "the crew of {ship}"
      x-provenance: {sources: reports, said_by: told_by, firmness: certainty}
      type: object
      required: [ship, certainty, reports]
      properties:
        ship: {type: string, x-ref: ships}
        hands: {$ref: "#/$defs/amount"}
        certainty: {$ref: "#/$defs/certainty"}
        told_by: {$ref: "#/$defs/told_by"}
        reports: {$ref: "#/$defs/reports"}
        members:
          type: array
          x-key: [sailor]
          x-membership: {entity: sailor, role: duty, size: hands}
          items:
            x-label: "{sailor}"
            x-provenance: {sources: reports, said_by: told_by, firmness: certainty}
            type: object
            required: [sailor, certainty, reports]
            properties:
              sailor: {type: string, x-ref: sailors}
              duty: {type: string}
              certainty: {$ref: "#/$defs/certainty"}
              told_by: {$ref: "#/$defs/told_by"}
              reports: {$ref: "#/$defs/reports"}
  berths:
    title: Berths
    type: array
    x-key: [ship, port]
    items:
      x-label: "{ship} at {port}"
      x-provenance: {sources: reports, said_by: told_by, firmness: certainty}
      type: object
      required: [ship, port, account, certainty, reports]
      properties:
        ship: {type: string, x-ref: ships}
        port: {type: string, x-ref: ports}
        account: {type: string, x-text: true}
        certainty: {$ref: "#/$defs/certainty"}
        told_by: {$ref: "#/$defs/told_by"}
        reports: {$ref: "#/$defs/reports"}
  passages:
    title: Passages
    type: array
    x-key: [id]
    x-period: {start: sails, end: lands, place: [harbour]}
    items:
      x-label: "{name}"
      x-provenance: {sources: reports, said_by: told_by, firmness: certainty}
      type: object
      required: [id, name, certainty, reports]
      properties:
        id: {type: string}
        name: {type: string}
        sails: {type: string, x-edtf: true}
        lands: {type: string, x-edtf: true}
        harbour: {type: string}
        certainty: {$ref: "#/$defs/certainty"}
        told_by: {$ref: "#/$defs/told_by"}
        reports: {$ref: "#/$defs/reports"}
  ships:
    title: Ships
    type: array
    x-key: [id]
    items:
      x-label: "{name}"
      type: object
      required: [id, name]
      properties:
        id: {type: string}
        name: {type: string}
  sailors:
    title: Sailors
    type: array
    x-key: [id]
    items:
      x-label: "{name}"
      x-aliases: spellings
      type: object
      required: [id, name, rank]
      properties:
        id: {type: string}
        name: {type: string}
        spellings: {type: array, items: {type: string}}
        rank: {enum: [officer, hand]}
        ship: {type: string, x-ref: ships}
  ports:
    title: Ports
    type: array
    x-key: [id]
    items:
      x-label: "{name}"
      type: object
      required: [id, name]
      properties: {id: {type: string}, name: {type: string}}
  reports:
    title: Reports
    type: array
    x-key: [id]
    x-source: {publisher: paper, title: headline, url: link, published: day}
    items:
      x-label: "{paper}, {day}"
      type: object
      required: [id, paper]
      properties:
        id: {type: string}
        paper: {type: string}
        headline: {type: string}
        link: {type: string}
        day: {type: string, x-edtf: true}
$defs:
  amount:
    type: object
    required: [unit]
    x-quantity: {low: from, high: to, unit: unit}
    properties:
      from: {type: number}
      to: {type: number}
      unit: {enum: [sailors, days]}
  certainty:
    enum: [rumour, reported, expected, confirmed]
    x-ladder: [rumour, reported, expected, confirmed]
  told_by: {type: array, items: {type: string}, x-ref: sailors}
  reports: {type: array, items: {type: string}, minItems: 1, x-ref: reports}
"""

KIND = read_kind(yaml.safe_load(KIND_TEXT), name="voyages")

CONTENT = """\
ships:
  - {id: gannet, name: Gannet}
  - {id: petrel, name: Petrel}
sailors:
  - {id: moen, name: Astrid Moen, rank: officer, ship: gannet}
  - {id: dahl, name: Peder Dahl, rank: officer, ship: petrel}
  - {id: krog, name: Ulla Krog, rank: officer, ship: gannet}
ports:
  - {id: skarvik, name: Skarvik}
crews:
  - ship: gannet
    hands: {from: 12, to: 12, unit: sailors}
    certainty: expected
    reports: [log1]
    members:
      - {sailor: krog, duty: mate, certainty: reported, reports: [log1]}
passages:
  - id: spring
    name: the spring passage
    sails: '2031-04-02'
    lands: '2031-04-05'
    certainty: expected
    reports: [log1]
reports:
  - {id: log1, paper: Skarvik Herald, day: '2031-03-20'}
"""

STATE = yaml.safe_load(CONTENT)
