import Recording
import Trace
import Training

extension RecordingInfoText {
  /// What is known as one JSON object.
  package func json() -> String {
    JSON([
      "file": info.path, "isSound": info.isSound, "problems": problems, "run": info.origin.map(object),
      "contents": info.survey.map(object), "replay": replay,
    ]).text()
  }

  private func object(_ origin: RunOrigin) -> JSON {
    let run = origin.description
    return JSON([
      "data": run.data, "network": run.network, "optimizer": run.optimizer, "batchSize": run.batchSize,
      "epochs": run.epochs, "iterationsPerEpoch": run.iterationsPerEpoch, "seed": run.seed,
      "parameters": run.parameterNames, "command": RecordedCommand.line(origin.settings),
      "settings": origin.settings, "program": origin.program, "machine": origin.machine,
      "begun": origin.begun,
      // In hexadecimal digits, since programs read numbers of JSON in double precision.
      "dataHash": String(origin.dataHash, radix: 16),
    ])
  }

  private func object(_ survey: RecordingSurvey) -> JSON {
    let events = Dictionary(survey.events.map { ($0.rawValue, $1) }, uniquingKeysWith: +)
    return JSON([
      "bytes": survey.byteCount, "format": survey.format, "requires": survey.requires,
      "isFinished": survey.isFinished, "isBeingWritten": survey.isBeingWritten,
      "repaired": survey.repaired?.split(separator: "\n").map(String.init),
      "firstStep": survey.iterations?.lowerBound, "lastStep": survey.iterations?.upperBound,
      "rows": survey.rows, "rowsWithNorms": survey.normRows,
      "gaps": survey.gaps.map { [$0.lowerBound, $0.upperBound] }, "keyframes": survey.keyframes,
      "keyframeSpacing": survey.keyframeSpacing, "hashes": survey.hashes, "graphs": survey.graphs,
      "epochs": survey.epochs, "events": JSON.object(events.map { ($0, .literal("\($1)")) }),
      "thumbnails": survey.thumbnails, "thumbnailSteps": survey.thumbnailIterations,
      "parts": survey.parts.map { JSON(["name": $0.name, "rows": $0.rows, "bytes": $0.byteCount]) },
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
