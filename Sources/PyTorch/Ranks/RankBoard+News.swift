import Localization
import Trace

/// What the ranks say.
extension RankBoard {
  /// Takes what a rank has said.
  package mutating func take(_ update: RunUpdate, from rank: Int) -> [Effect] {
    answering { board in
      var update = update
      if case .halted(let sentence)? = update.status {
        update.status = .halted(RankBoard.named(sentence, rank))
      }
      board.seats[rank, default: Seat()].take(update)
      if update.moment != nil || !update.losses.isEmpty { board.hasBegun = true }
      if rank == board.shown {
        board.effects.append(.post(board.mine(update, rank)))
      } else {
        let news = board.others(update, rank)
        if !news.isEmpty { board.effects.append(.post(news)) }
      }
      board.follow(update, rank)
    }
  }

  /// Takes the numbers of a rank.
  package mutating func take(_ news: RankNews, from rank: Int) -> [Effect] {
    answering { board in
      switch news {
      case .steps(let rows):
        for verdict in board.comparison.take(rows, from: rank) { board.judge(verdict) }
        var update = RunUpdate()
        update.ranks = board.comparison.table
        board.effects.append(.post(update))
      case .hashes(let step, let hashes, let names):
        guard let parameter = board.comparison.take(hashes: hashes, ofStep: step, from: rank, names: names)
        else { return }
        var update = RunUpdate()
        update.ranks = board.comparison.table
        board.effects.append(.post(update))
        board.say(localized("The first parameter that differs after step \(step) is \(parameter)."), step)
      }
    }
  }

  private mutating func judge(_ verdict: RankComparison.Verdict) {
    switch verdict {
    case .differ(let step):
      say(localized("The parameters of the ranks differ after step \(step)."), step)
      for rank in ranks { effects.append(.ask(hashesOfStep: step, of: rank)) }
    case .same(let step):
      var update = RunUpdate()
      update.events = [
        RunEvent(
          .warning, at: .start(of: step),
          localized("The parameters of the ranks are the same again after step \(step)."))
      ]
      effects.append(.post(update))
    }
  }

  private mutating func say(_ sentence: String, _ step: Int) {
    var update = RunUpdate()
    update.warnings = [sentence]
    update.events = [RunEvent(.warning, at: .start(of: step), sentence)]
    effects.append(.post(update))
  }

  /// Follows what a rank does: a breakpoint of one holds all, and an error of one is shown.
  private mutating func follow(_ update: RunUpdate, _ rank: Int) {
    if case .halted? = update.status, failed == nil {
      failed = rank
      return show(rank)
    }
    // It waited for another rank, followed that one, and continued before it was told to lead.
    if update.status == .running, rank == shown, mustStop { stop() }
    guard update.status == .paused, update.moment?.hit != nil else { return }
    switch hold {
    case .free, .together:
      hold = .led
      rank == shown ? effects.append(.lead(rank)) : show(rank)
    case .led:
      // If the leading rank is running, it may be waiting for this one.
      if rank != shown, seats[shown]?.isPaused == false { effects.append(.send(.run, to: rank)) }
    }
  }

  /// What the rank that is shown has said.
  private func mine(_ update: RunUpdate, _ rank: Int) -> RunUpdate {
    var update = update
    update.output = marked(update.output, rank)
    return update
  }

  /// What is remembered of a rank that is not shown.
  private func others(_ update: RunUpdate, _ rank: Int) -> RunUpdate {
    var news = RunUpdate()
    news.output = marked(update.output, rank)
    news.warnings = update.warnings.map { RankBoard.named($0, rank) }
    news.events = update.events.filter { [.breakpoint, .warning, .error].contains($0.kind) }.map { event in
      var event = event
      event.text = RankBoard.named(event.text, rank)
      return event
    }
    return news
  }

  private func marked(_ lines: [OutputLine], _ rank: Int) -> [OutputLine] {
    lines.map { line in
      var line = line
      line.text = "[\(rank)] \(line.text)"
      line.rank = rank
      return line
    }
  }

  private static func named(_ text: String, _ rank: Int) -> String { localized("rank \(rank): \(text)") }
}

extension RankBoard.Seat {
  /// Remembers what a screen that begins to show the rank needs.
  fileprivate mutating func take(_ update: RunUpdate) {
    var lasting = update
    (lasting.warnings, lasting.events, lasting.output) = ([], [], [])
    (lasting.progress, lasting.graph, lasting.ranks, lasting.notice) = (nil, nil, nil, nil)
    known.append(lasting)
    switch update.status {
    case .paused?: isPaused = true
    case .running?, .finished?, .halted?, .failed?: isPaused = false
    case .preparing?, nil: break
    }
  }
}
