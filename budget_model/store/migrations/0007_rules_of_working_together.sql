-- The rules and levels by which working together is judged, which were part of the program before: a store
-- that was made with it keeps judging by the same numbers until its place is loaded again.
update setting
set value = left(value, length(value) - 1)
    || ', "rules": ['
    || '{"name": "level_without_power", "value": "2", "says": "Where no power on the list covers the bodies and the function, they can go this far: aligning plans moves no money.", "source": "The project''s proposal, after the five arrangements of the Audit Commission (2009)"}'
    || ', {"name": "level_without_outcome", "value": "5", "says": "Without an outcome measure that has a baseline and a target, nothing above this level is recommended.", "source": "Joint funding alone was not seen to improve outcomes: Audit Commission, Means to an end (2009), as reported"}'
    || ', {"name": "enough_free", "value": "0.5", "says": "The earliest date is the first on which this part of the joinable pounds is out of its commitments.", "source": "The project''s proposal"}'
    || ', {"name": "worth_while", "value": "100000", "says": "Opportunities with fewer joinable pounds come after all that have as many or more.", "source": "The project''s proposal; small grants are counted under the same sum in gov.uk, Partnerships for People and Place (2024)"}'
    || ', {"name": "inside_share", "value": "0.9", "says": "An opportunity with this part of its money in one better one is shown as a part of that one.", "source": "The project''s proposal"}'
    || ', {"name": "estimate_grade", "value": "5", "says": "From this confidence grade on a figure is an estimate for the whole body, and it is said so.", "source": "The project''s proposal, after the grades of confidence"}'
    || ', {"name": "choice_discretionary", "value": "1", "says": "How much choice there is over a discretionary pound, 0 to 1.", "source": "The project''s proposal"}'
    || ', {"name": "choice_local", "value": "0.5", "says": "How much choice there is over a pound that the law requires and local bodies decide how to spend, 0 to 1.", "source": "The project''s proposal"}'
    || ', {"name": "choice_demand_led", "value": "0", "says": "How much choice there is over a pound that demand decides, 0 to 1.", "source": "The project''s proposal"}'
    || ', {"name": "ready_same_pool", "value": "4", "says": "Points of readiness, of 4, for partners who share a pool on these services already.", "source": "The project''s proposal"}'
    || ', {"name": "ready_other_pool", "value": "2", "says": "Points of readiness, of 4, for partners who share a pool on other services.", "source": "The project''s proposal"}'
    || ', {"name": "closeness", "value": "50", "says": "How close the other weightings stay to the chosen one when a rank is tried out; higher is closer.", "source": "The project''s proposal: the concentration of a Dirichlet distribution"}'
    || ', {"name": "pooling_step", "value": "100000", "says": "The pounds by which a partner''s limit on pools is widened to show what more would bring.", "source": "The project''s proposal"}'
    || ']'
    || ', "levels": [{"level": 1, "effort": "0.5", "reach": "0.05"}, {"level": 2, "effort": "1", "reach": "0.25"}, {"level": 3, "effort": "2", "reach": "0.5"}, {"level": 4, "effort": "2", "reach": "0.6"}, {"level": 5, "effort": "3", "reach": "0.8"}, {"level": 6, "effort": "4", "reach": "1"}, {"level": 7, "effort": "8", "reach": "1"}]'
    || ', "not_local": ["central department"]'
    || ', "source": "The project''s proposal for the weights, thresholds and levels; no published standard was found"}'
where name = 'weights' and not contains(value, '"rules"');
