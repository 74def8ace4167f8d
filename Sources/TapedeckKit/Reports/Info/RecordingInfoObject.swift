import Recording
import Trace
import Training

extension RecordingInfoText {
  /// What is known as one JSON object.
  package func json() -> String {
    JSON([
      "file": info.path, "isSound": info.isSound, "problems": problems, "run": info.origin.map(object),
      "contents": info.check.map(object), "replay": replay,
    ]).text()
  }

  private func object(_ origin: RunOrigin) -> JSON {
    let run = origin.description
    return JSON([
      "data": run.data, "network": run.network, "optimizer": run.optimizer, "batchSize": run.batchSize,
      "epochs": run.epochs, "iterationsPerEpoch": run.stepsPerEpoch, "seed": run.seed,
      "preparation": run.preparation?.sentence, "target": run.regression?.name,
      "rank": run.rank?.number, "ranks": run.rank?.count,
      "parameters": run.parameterNames, "command": RecordedCommand.line(origin.settings),
      // The text as it is in the file, and what it says.
      "settings": origin.settings, "choices": origin.settings.flatMap { JSON(text: $0) },
      "program": origin.program, "machine": origin.machine,
      "arithmetic": origin.arithmetic,
      "begun": origin.begun,
      // In hexadecimal digits, since programs read numbers of JSON in double precision.
      "dataHash": String(origin.dataHash, radix: 16),
    ])
  }

  private func object(_ check: RecordingCheck) -> JSON {
    let events = Dictionary(check.events.map { ($0.rawValue, $1) }, uniquingKeysWith: +)
    return JSON([
      "bytes": check.byteCount, "format": check.format, "requires": check.requires,
      "isFinished": check.isFinished, "isBeingWritten": check.isBeingWritten,
      "repaired": check.repaired?.split(separator: "\n").map(String.init),
      "firstStep": check.steps?.lowerBound, "lastStep": check.steps?.upperBound,
      "rows": check.rows, "rowsWithNorms": check.normRows,
      "gaps": check.gaps.map { [$0.lowerBound, $0.upperBound] }, "keyframes": check.keyframes,
      "keyframeSpacing": check.keyframeSpacing, "hashes": check.hashes, "graphs": check.graphs,
      "epochs": check.epochs, "events": JSON.object(events.map { ($0, .literal("\($1)")) }),
      "thumbnails": check.thumbnails, "thumbnailSteps": check.thumbnailSteps,
      "wholeSteps": check.wholeSteps, "wholeTensors": check.wholeTensors,
      "wholeTensorsLeftOut": check.wholeTensorsLeftOut,
      "parts": check.parts.map { JSON(["name": $0.name, "rows": $0.rows, "bytes": $0.byteCount]) },
    ])
  }

  private var replay: JSON {
    let (opens, reason): (String, String?) =
      switch info.recomputability {
      case .all: ("all", nil)
      case .keyframes(let why): ("keyframes", why)
      case .nothing(let why): ("nothing", why)
      }
    let (same, other): (ClosedRange<Int>?, Int?) =
      switch info.proof {
      case .same(let steps): (steps, nil)
      case .other(let step): (nil, step)
      case .none: (nil, nil)
      }
    return JSON([
      "opens": opens, "reason": reason,
      // The steps that were run again and gave the same bits, or the first that did not.
      "sameFrom": same?.lowerBound, "sameThrough": same?.upperBound, "otherAt": other,
      "sentence": RecordingInfoText.sentence(info.recomputability, info.proof),
    ])
  }
}
