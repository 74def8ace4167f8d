import Diagnosis
import Trace

/// The diagnosis of a recording: what a live run finds, at the same steps, as far as these can be computed again here and now.
///
/// Owner: the calling thread.
package final class RecordedDiagnosis {
  private let facts: RecordedFacts
  private var diagnosis: Diagnosis
  private let now: () -> Double

  /// The diagnosis of a recorded run up to a step; `now` gives seconds from any fixed point.
  package init(
    _ run: RecordedRun, settings: Diagnosis.Settings, through last: Int = .max, now: @escaping () -> Double
  ) {
    facts = RecordedFacts(run, through: last)
    diagnosis = Diagnosis(settings: settings)
    self.now = now
  }

  /// How many steps were looked at, where they are fewer than those of a live run.
  package var judged: JudgedSteps? { facts.judged }

  /// Judges what was recorded since the last call, looking at steps for about so many seconds.
  ///
  /// - Throws: an error of the archive, or what computing a step throws.
  package func judge(seconds: Double, _ find: @escaping ([Finding]) -> Void) throws {
    let start = now()
    func hasTime(_ share: Double) -> Bool { now() - start < share * seconds }
    try facts.tell(while: hasTime) { [self] fact in
      let found = diagnosis.take(fact)
      if !found.isEmpty { find(found) }
    }
  }
}
