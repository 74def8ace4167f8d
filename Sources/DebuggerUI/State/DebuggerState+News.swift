import Trace

extension DebuggerState {
  /// Takes in what has happened in the run; `seconds` is the time now, from any start.
  mutating func take(_ news: RunUpdate, at seconds: Double) {
    if let table = news.ranks {
      if let ranks, ranks.shown != table.shown { forgetRank() }
      ranks = table
    }
    if description == nil, let live = news.description, live.source == .live, let data = live.preparation {
      notice = Notice(data.sentence.withVisibleControls)
    }
    status = news.status ?? status
    description = news.description ?? description
    capabilities = news.capabilities ?? capabilities
    if let fork = news.fork { take(fork) }
    switch news.status {
    case .halted(let sentence)?, .failed(let sentence)?: failure = sentence
    case .running?: failure = nil
    case .preparing?, .paused?, .finished?, nil: break
    }
    epochs.add(news.epochs)
    warnings += news.warnings
    for point in news.losses {
      trainLoss.append(step: point.step, value: Double(point.loss))
      guard let accuracy = point.accuracy else { continue }
      trainAccuracy.append(step: point.step, value: Double(accuracy))
    }
    // The way to a moment ends with that moment.
    seek = news.progress ?? (news.moment == nil ? seek : nil)
    if let moment = news.moment {
      isPassing =
        news.status == nil && status == .paused && (isPassing || moment.position != self.moment?.position)
      self.moment = moment
      if moment.position.phase >= .backward { wholeGraph = moment.graph }
      hits.take(moment)
    }
    events.take(news)
    recording = news.recording ?? recording
    let isAnswer = news.cause != nil || news.gradientCheck != nil || news.moment != nil
    if notice?.kind == .waiting, isAnswer || !news.warnings.isEmpty { notice = nil }
    if let words = news.notice { notice = Notice(words.withVisibleControls) }
    if status == .running, let moment {
      speed.reached(moment.position.step, at: seconds)
    } else {
      speed.pause()
    }
  }

  /// Another rank is shown: what was known of the one before goes.
  private mutating func forgetRank() {
    (trainLoss, trainAccuracy, epochs) = (LossCurve(), LossCurve(), [])
    (moment, wholeGraph, failure) = (nil, nil, nil)
    speed = SpeedMeter()
    gradients = GradientsPaneState()
  }

  /// Another future begins: what is known of the old one goes.
  private mutating func take(_ fork: RunUpdate.Fork) {
    let step = fork.position.step
    _ = trainLoss.cut(after: step)
    _ = trainAccuracy.cut(after: step)
    epochs.removeAll { $0.step > step }
    hits.fork(at: fork.position)
    failure = nil
    if let mark, mark > fork.position { self.mark = nil }
  }
}
