import GRDB
import Localization
import Trace

/// Steps that were recorded whole.
extension Checker {
  mutating func checkWholeSteps() {
    let limit = reader.stateLimit
    var (counts, leftOut): ([Int: Int], Int) = ([:], 0)
    each(Schema.wholeSteps, "iteration, wanted, tensors, left_out, structure") { fields, _ in
      let step = try fields.step()
      guard step <= limit else {
        throw fields.defect(expected: localized("a step of the run, up to \(limit)"), got: "\(step)")
      }
      _ = try fields.flag()
      counts[step] = try fields.integer(0...1 << 24)
      leftOut += try fields.integer(0...1 << 24)
      _ = try RecordingReader.watchedStep(&fields, step: step)
    }
    check.wholeTensorsLeftOut = leftOut
    let begun = reader.database.unpackedBytes
    for step in counts.keys.sorted() {
      let work = reader.database.unpackedBytes - begun
      if isBeyondWork(work, .wholeStep(Int64(step)), localized("whole step \(step)")) { continue }
      do {
        let tensors = try reader.tensors(of: nil, at: step)
        guard tensors.count == counts[step] else {
          throw StoredFields.Defect(
            place: "whole step \(step)", expected: localized("\(counts[step] ?? 0) tensors"),
            got: "\(tensors.count)")
        }
        check.wholeSteps.append(step)
        check.wholeTensors += tensors.count
      } catch {
        find(.wholeStep(Int64(step)), localized("whole step \(step)"), error)
      }
    }
    var orphans: Set<Int64> = []
    each(Schema.tensors, "iteration") { fields, _ in
      let step = try fields.integer(Int.min...Int.max)
      if counts[step] == nil { orphans.insert(Int64(step)) }
    }
    for step in orphans.sorted() {
      find(
        .wholeStep(step), localized("whole step \(step)"), expected: localized("its nodes"),
        got: localized("its tensors only"))
    }
  }
}
