import Localization
import Trace

extension LiveRun {
  /// Adds epochs to the run; a run that has ended continues when it is at its head.
  func extend(by epochs: Int) {
    loop.extend(by: epochs)
    timeline.loop.extend(by: epochs)
    var update = RunUpdate()
    var description = experiment.description
    description.epochs = loop.epochs
    update.description = description
    update.events = [
      RunEvent(
        .change, at: position,
        epochs == 1
          ? localized("1 more epoch: \(loop.epochs)") : localized("\(epochs) more epochs: \(loop.epochs)"))
    ]
    publisher.post(update)
  }
}
