import Datasets
import Localization
import Trace

/// Tests of the model at the moment at which a run is paused.
extension PausedMoment {
  /// **Units**: seconds from one message about the progress to the next.
  private static let interval = 0.1

  /// Tests the model on the batch of this moment and publishes the result; nothing of the run changes.
  ///
  /// Any command ends the test before its end.
  /// - Parameters:
  ///   - test: which test to run.
  ///   - now: seconds from any fixed point.
  ///   - collect: takes the requests that have arrived.
  /// - Throws: ``Deck/Quit``.
  func run(_ test: ModelTest, now: @escaping () -> Double, collect: @escaping () throws -> Void) throws {
    let publisher = deck.publisher
    var last = -Double.infinity
    func reached(_ done: Int, _ total: Int) throws {
      if deck.hasRequests { try collect() }
      if deck.hasCommands { throw WorkProgress.Stopped() }
      let time = now()
      guard time - last >= Self.interval else { return }
      last = time
      var update = RunUpdate()
      update.modelTest = ModelTestProgress(test, done: done, of: total)
      publisher.post(update)
    }
    do {
      let result = try ModelTestRun(timeline, at: position, try batch(), reached: reached).run(test)
      publisher.add(result, at: position)
    } catch let quit as Deck.Quit {
      throw quit
    } catch is WorkProgress.Stopped {
      publisher.add(RunEvent(.check, at: position, localized("the test was stopped before its end")))
    } catch {
      publisher.warn("\(error)")
    }
  }

  /// The batch of the step.
  private func batch() throws -> Batch {
    if tape.step == position.step, let batch = tape.batch { return batch }
    guard case .all = timeline.recomputability else { throw ModelTestError.noBatch }
    return try timeline.experiment.trainData.batch(step: position.step - 1)
  }
}
