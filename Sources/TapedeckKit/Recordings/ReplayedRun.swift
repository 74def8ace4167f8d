import Datasets
import Foundation
import Localization
import NN
import Recording
import Trace
import Training

/// Makes the experiment of a recording again, as far as that can be done here.
package struct ReplayedRun: Sendable {
  /// The data as the user gave them for this replay; nil for those the recording names.
  package var data: DataSource?
  /// The file that validates, as the user gave it for this replay.
  package var test: String?
  /// The folder to look for the files of MNIST and Fashion-MNIST in; nil for the usual places.
  package var dataFolder: String?
  /// The environment, which says where downloads are.
  package var environment: [String: String] = [:]
  /// The experiment of the user's own program; nil for one of `tapedeck train`.
  package var make: (@Sendable () throws -> Experiment)?

  /// A replay with what is found on this machine.
  package init() {}

  /// Checks that the files that were named can be read.
  ///
  /// - Throws: ``ReplayError/noData(file:)`` for the first that cannot.
  package func checkData() throws {
    let tests = test.map { text in
      let arrays = DataSource.arrayFiles(text)
      return arrays.isEmpty ? [text] : arrays
    }
    for file in (data?.files ?? []) + (tests ?? [])
    where file != InputFile.standardInput && !FileManager.default.isReadableFile(atPath: file) {
      throw ReplayError.noData(file: file)
    }
  }

  /// The experiment, and how much of the recording can be computed again with it; what is missing is reported.
  ///
  /// - Throws: nothing that a recording can bring about.
  package func experiment(_ archive: any RunArchive) throws -> ReplayedExperiment {
    if archive.origin.description.isScript {
      return ReplayedExperiment(
        nothingBecause: localized(
          "A script's steps cannot be computed again here. What was recorded of each step is shown."))
    }
    do {
      let experiment = try make?() ?? trusted(settings(archive), archive).makeExperiment()
      guard try experiment.hasData(of: archive) else {
        throw ReplayError.settings(
          reason: localized("the data \(experiment.name) on this machine are not those it was recorded with"))
      }
      return ReplayedExperiment(experiment, recomputability: .all)
    } catch {
      return try withoutData(archive, reason: "\(error)")
    }
  }

  /// The settings in a recording, with the data that the user gave.
  func settings(_ archive: any RunArchive) throws -> TrainSettings {
    guard let json = archive.origin.settings else {
      throw ReplayError.settings(
        reason: localized("it was recorded by another program, whose model it does not contain"))
    }
    var settings = try RecordedSettings(json: json).settings()
    if let data {
      settings.data = data
    } else if settings.data.isFile {
      throw ReplayError.settings(
        reason:
          localized(
            "a recording never opens files by itself: name them again with --data \(settings.data.argument)"))
    }
    if settings.table?.test != nil {
      guard let test else {
        throw ReplayError.settings(
          reason: localized(
            "a recording never opens files by itself: name the file that validates again with --test FILE"))
      }
      settings.table?.test = test
    }
    settings.dataFolder = dataFolder
    settings.environment = environment
    return settings
  }

  /// The settings in a recording, where its parameters have the sizes that they name: nothing is built that is not in
  /// the file.
  ///
  /// - Throws: ``ReplayError`` if they have others, or there are none; an error of the archive.
  func trusted(_ settings: TrainSettings, _ archive: any RunArchive) throws -> TrainSettings {
    guard let layers = settings.layers else { return settings }
    guard layers.count <= TrainSettings.mostLayers else {
      throw ReplayError.settings(
        reason: localized(
          "they name \(layers.count) layers, and at most \(TrainSettings.mostLayers) are built")
      )
    }
    guard let keyframe = try firstKeyframe(archive) else {
      throw ReplayError.settings(reason: localized("it has no keyframe with a network"))
    }
    guard let sizes = keyframe.layerSizes, sizes == layers else {
      throw ReplayError.settings(
        reason: localized(
          "their layers are \(ReplayedRun.text(layers)), but its parameters are of the layers \(ReplayedRun.text(keyframe.layerSizes ?? []))"
        ))
    }
    return settings
  }

  /// The first keyframe that is whole; nil where there is none.
  ///
  /// - Throws: an error of the archive about the first, where none is whole.
  private func firstKeyframe(_ archive: any RunArchive) throws -> StateSnapshot? {
    var damage: (any Error)?
    for step in archive.keyframeSteps {
      do { if let keyframe = try archive.keyframe(atOrBefore: step) { return keyframe } } catch {
        damage = damage ?? error
      }
    }
    if let damage { throw damage }
    return nil
  }

  /// Sizes as `--layers` takes them, the first of them where there are many.
  private static func text(_ sizes: [Int]) -> String {
    let shown = sizes.prefix(shownSizes).map(String.init).joined(separator: ",")
    return sizes.isEmpty ? localized("another network") : sizes.count > shownSizes ? shown + ",…" : shown
  }

  /// How many sizes of layers a sentence names.
  private static let shownSizes = 12

  /// The network alone: steps with keyframes have their batch in the recording.
  private func withoutData(_ archive: any RunArchive, reason: String) throws -> ReplayedExperiment {
    do {
      guard let json = archive.origin.settings else {
        throw ReplayError.settings(
          reason: localized("it was recorded by another program, whose model it does not contain"))
      }
      let sizes = try firstKeyframe(archive)?.layerSizes
      guard let sizes else {
        throw ReplayError.settings(reason: localized("it has no keyframe with a network"))
      }
      let settings = try RecordedSettings(json: json).settings()
      let data = RecordedData(
        archive.origin.description, featureCount: sizes[0], imageSize: settings.data.imageSize)
      let sentence =
        localized(
          "\(reason) Steps with a keyframe can be computed again; others show what was recorded of them.")
      return ReplayedExperiment(
        try settings.makeExperiment(layers: sizes, train: data, validation: nil),
        recomputability: .keyframes(reason: sentence))
    } catch {
      return ReplayedExperiment(
        nothingBecause: localized("\(error) What was recorded of each step is shown."))
    }
  }
}

extension StateSnapshot {
  /// The sizes from input to output of a chain of linear layers; nil for another network.
  fileprivate var layerSizes: [Int]? {
    let matrices = parameters.filter { $0.name.hasSuffix(".weight") }.map(\.shape)
    guard let first = matrices.first, matrices.allSatisfy({ $0.count == 2 }) else { return nil }
    return [first[1]] + matrices.map { $0[0] }
  }
}
