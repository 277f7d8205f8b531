"""Stone Soup's tracker with the recipe of benchmarks/watching.py: global nearest neighbour, EKF, counts; with its k-d tree."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

import numpy as np
from stonesoup.dataassociator.tree import DetectionKDTreeGNN2D
from stonesoup.deleter.time import UpdateTimeStepsDeleter
from stonesoup.hypothesiser.distance import DistanceHypothesiser
from stonesoup.initiator.simple import SimpleMeasurementInitiator
from stonesoup.measures import Mahalanobis
from stonesoup.models.measurement.nonlinear import CartesianToElevationBearingRange
from stonesoup.models.transition.linear import CombinedLinearGaussianTransitionModel, ConstantVelocity
from stonesoup.predictor.kalman import ExtendedKalmanPredictor
from stonesoup.types.angle import Bearing, Elevation
from stonesoup.types.array import StateVector
from stonesoup.types.detection import Detection
from stonesoup.types.state import GaussianState
from stonesoup.updater.kalman import ExtendedKalmanUpdater

from outwork.watch.frames import Floats
from outwork.watch.scan import Scan
from outwork.watch.sensors import Sensors
from outwork.watch.track.options import ByCount

BEGIN: Final = datetime(2026, 1, 1)  # noqa: DTZ001  Stone Soup's times have no zone
NEAR: Final = 150.0
"""What the tree is asked for [m of range]: four sigmas of the least certain track."""
PLACES: Final = (0, 2, 4)
"""Where x, y and z are among x, vx, y, vy, z, vz."""


class Peer:
    """Stone Soup's parts, put together by its own documentation's example of a multi-target tracker."""

    def __init__(self, sensors: Sensors, noise: float, gate: float, speed: float, life: ByCount) -> None:
        model = CombinedLinearGaussianTransitionModel([ConstantVelocity(noise)] * 3)
        predictor, updater = ExtendedKalmanPredictor(model), ExtendedKalmanUpdater(None)
        hypothesiser = DistanceHypothesiser(predictor, updater, Mahalanobis(), missed_distance=gate)
        self._associate = DetectionKDTreeGNN2D(hypothesiser, predictor, updater, max_distance=NEAR).associate
        self._update, self._life = updater.update, life
        self._tentative, self._confirmed = UpdateTimeStepsDeleter(life.tentative), UpdateTimeStepsDeleter(life.confirmed)
        prior = GaussianState(np.zeros(6), np.diag([0, speed**2] * 3), timestamp=BEGIN)
        self._begin = SimpleMeasurementInitiator(prior, None).initiate
        self._models = [
            CartesianToElevationBearingRange(
                ndim_state=6, mapping=PLACES, noise_covar=np.diag(sensors.variance[k, [2, 1, 0]]),
                translation_offset=StateVector(sensors.place[k]),
            )
            for k in range(len(sensors))
        ]  # fmt: skip
        self._tracks: set[Any] = set()
        self._hits: dict[Any, int] = {}

    def detections(self, scan: Scan) -> set[Detection]:
        """Return the scan's detections as Stone Soup takes them; its bearing counts from east, counter-clockwise."""
        time, model = BEGIN + timedelta(seconds=scan.time), self._models[scan.sensor]
        return {
            Detection(StateVector([Elevation(z[2]), Bearing(np.pi / 2 - z[1]), z[0]]), timestamp=time, measurement_model=model)
            for z in scan.z
        }

    def take(self, detections: set[Detection], time: float) -> None:
        """Take the detections of one scan at `time` [s]."""
        at, used = BEGIN + timedelta(seconds=time), set()
        for track, hypothesis in self._associate(self._tracks, detections, at).items():
            if hypothesis:
                track.append(self._update(hypothesis))
                used.add(hypothesis.measurement)
                self._hits[track] += 1
            else:
                track.append(hypothesis.prediction)
        ended = {each for each in self._tracks if self._deleter(each).check_for_deletion(each)}
        born = self._begin(detections - used, at)
        self._hits |= dict.fromkeys(born, 1)
        self._tracks = (self._tracks - ended) | born
        for track in ended:
            del self._hits[track]

    def _deleter(self, track: Any) -> UpdateTimeStepsDeleter:
        return self._confirmed if self._hits[track] >= self._life.confirm else self._tentative

    def places(self) -> Floats:
        """Return where the confirmed tracks are [n, 3]."""
        known = [np.ravel(each.state_vector)[list(PLACES)] for each in self._tracks if self._hits[each] >= self._life.confirm]
        return np.array(known, dtype=float).reshape(-1, 3)
