import Trace

/// What the list of recordings knows of one of them.
package struct RunSummary: Sendable, Equatable {
  /// What became of the run, as far as its file says.
  package enum State: String, Sendable, Equatable, CaseIterable {
    /// The file has not been read yet.
    case unread
    /// A process is writing it.
    case beingWritten
    /// The run came to its end.
    case finished
    /// The run ended before it was done.
    case stopped
    /// The last loss is not a finite number.
    case diverged
    /// Something in the file is not what it should be.
    case damaged
    /// The file cannot be opened, or is no recording that this program reads.
    case unreadable
  }

  /// Something that was chosen for the run.
  package struct Setting: Sendable, Equatable {
    /// Its name: an option as it is typed, or a word.
    package var name: String
    /// The name in the user's language.
    package var word: String
    /// Its value in words.
    package var value: String

    /// A setting; its name is the word for it unless another is given.
    package init(_ name: String, _ value: String, word: String? = nil) {
      (self.name, self.word, self.value) = (name, word ?? name, value)
    }
  }

  /// The file's path, which tells one run from another.
  package var path: String
  /// The path below the folder, without its ending.
  package var name: String
  /// What became of it.
  package var state = State.unread
  /// What is wrong with the file, as a sentence; nil where nothing is.
  package var problem: String?
  /// Whether it is the run of a PyTorch script.
  package var isScript = false
  /// The data set, or the script.
  package var data = ""
  /// The network in short.
  package var network = ""
  /// The optimizer's name.
  package var optimizer = ""
  /// The learning rate at the beginning; nil where it is not known.
  package var learningRate: Double?
  /// The number of samples in a batch; nil for a script.
  package var batchSize: Int?
  /// The seed; nil for a script.
  package var seed: UInt64?
  /// The last step that was recorded; nil where none was.
  package var steps: Int?
  /// The epochs that were done; nil where none was.
  package var epochs: Int?
  /// The loss of the last step.
  package var loss: Double?
  /// The last loss of validation.
  package var validationLoss: Double?
  /// The last accuracy: of validation, or of training where nothing validates.
  package var accuracy: Double?
  /// **Units**: seconds since 1970. When the recording began.
  package var begun = 0.0
  /// When that was, in words.
  package var date = ""
  /// **Units**: bytes. The size of the file with its log.
  package var byteCount = 0
  /// Everything that was chosen, for what differs and for the filter.
  package var settings: [Setting] = []
  /// The results of its epochs, thinned out where there are many.
  package var epochResults: [EpochResult] = []

  /// A file that has not been read.
  package init(path: String, name: String, byteCount: Int = 0) {
    (self.path, self.name, self.byteCount) = (path, name, byteCount)
  }
}

/// What is read only of runs whose curves are shown.
package struct RunDetail: Sendable, Equatable {
  /// The numbers of a step.
  package struct Point: Sendable, Equatable {
    /// The step.
    package var step: Int
    /// Its loss.
    package var loss: Float
    /// Its accuracy; nil where targets are not classes.
    package var accuracy: Float?

    /// A point.
    package init(step: Int, loss: Float, accuracy: Float? = nil) {
      (self.step, self.loss, self.accuracy) = (step, loss, accuracy)
    }
  }

  /// The numbers of its steps, thinned out with the extremes kept.
  package var points: [Point]
  /// What the user changed while it ran, as a setting; nil where nothing was.
  package var changes: RunSummary.Setting?

  /// The details of a run.
  package init(points: [Point], changes: RunSummary.Setting? = nil) {
    (self.points, self.changes) = (points, changes)
  }
}
